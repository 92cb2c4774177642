package container

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestMain(m *testing.M) {
	Main() // The tests' own program is the agent here.
	os.Exit(m.Run())
}

func TestCapabilities(t *testing.T) {
	for name, c := range map[string]struct{ add, drop, want []string }{
		"drop all, add": {[]string{"NET_ADMIN", "NET_RAW"}, []string{"ALL"}, []string{"NET_ADMIN", "NET_RAW"}},
		"prefix":        {[]string{"CAP_SYS_TIME"}, []string{"all"}, []string{"SYS_TIME"}},
		"drop one": {nil, strings.Fields("MKNOD NET_RAW CHOWN DAC_OVERRIDE FSETID FOWNER SETFCAP SETPCAP SYS_CHROOT AUDIT_WRITE"),
			[]string{"KILL", "SETGID", "SETUID", "NET_BIND_SERVICE"}},
	} {
		if got, err := Capabilities(c.add, c.drop, false); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if got, _ := Capabilities([]string{"ALL"}, []string{"SYS_ADMIN"}, false); len(got) != len(capabilityNames)-1 {
		t.Errorf("all but one: %v", got)
	}
	if _, err := Capabilities([]string{"NONE_SUCH"}, nil, false); err == nil {
		t.Error("an unknown capability is accepted")
	}
}

// setUp returns a specification of a container, on a tmpfs.
func setUp(t *testing.T) *Spec {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("needs root")
	}
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, ""); err != nil {
		t.Skip("needs to mount: ", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
	spec := &Spec{
		Dir: filepath.Join(dir, "c"), Base: filepath.Join(dir, "base"), Shm: filepath.Join(dir, "shm"),
		NetNS: "/proc/self/ns/net", Hostname: "box",
		Process: Process{Env: []string{"PATH=/usr/bin:/bin"}, UID: 1337, GID: 1337, Groups: []int{7}},
	}
	for _, path := range []string{spec.Dir, spec.Shm, filepath.Join(dir, "outer"), filepath.Join(dir, "inner")} {
		if err := os.Mkdir(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := MakeBase(spec.Base); err != nil {
		t.Fatal(err)
	}
	spec.Mounts = []Mount{
		{Source: filepath.Join(dir, "inner"), Target: "/v/inner"},
		{Source: filepath.Join(dir, "outer"), Target: "/v", ReadOnly: true},
	}
	return spec
}

// output runs the container's command, and returns its exit code and what it wrote.
func output(t *testing.T, spec *Spec, command ...string) (int, string) {
	t.Helper()
	spec.Process.Args = command
	reading, writing, _ := os.Pipe()
	running, err := NewRuntime().Start(spec, writing, writing)
	writing.Close()
	if err != nil {
		t.Fatal(err)
	}
	data, _ := io.ReadAll(reading)
	return running.Wait(), string(data)
}

func TestContainer(t *testing.T) {
	spec := setUp(t)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	code, got := output(t, spec, "sh", "-c", `echo $$ $(id -u) $(id -g) $(id -G) $(hostname); grep CapBnd /proc/self/status
		test -e `+secret+` && echo sees the host
		touch /v/x 2>/dev/null && echo writes; touch /v/inner/x 2>/dev/null || echo not its own; exit 3`)
	want := "1 1337 1337 1337 7 box\nCapBnd:\t0000000000000000\nnot its own\n"
	if code != 3 || got != want {
		t.Errorf("%d, %q; want 3, %q", code, got, want)
	}
}

func TestReadOnlyRoot(t *testing.T) {
	spec := setUp(t)
	spec.Process.UID, spec.ReadOnlyRoot = 0, true
	if _, got := output(t, spec, "sh", "-c", `for f in /x /usr/x /tmp/x; do touch $f 2>/dev/null && echo $f; done
		touch /v/inner/x /dev/shm/x && echo ok`); got != "ok\n" {
		t.Errorf("%q", got)
	}
}

func TestStartSaysWhatFailed(t *testing.T) {
	spec := setUp(t)
	spec.Process.Args = []string{"no-such-command"}
	if _, err := NewRuntime().Start(spec, nil, nil); err == nil || !strings.Contains(err.Error(), "not found in $PATH") {
		t.Errorf("error %v", err)
	}
}

func TestExec(t *testing.T) {
	spec := setUp(t)
	spec.Process.Args = []string{"sleep", "60"}
	runtime := NewRuntime()
	running, err := runtime.Start(spec, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	process := spec.Process
	var out, problems bytes.Buffer
	process.Args = []string{"sh", "-c", "cat; id -u >&2; exit 5"}
	code, err := runtime.Exec(t.Context(), running, &process,
		Streams{Stdin: strings.NewReader("input"), Stdout: &out, Stderr: &problems})
	if code != 5 || err != nil || out.String() != "input" || problems.String() != "1337\n" {
		t.Errorf("%d, %v, %q, %q", code, err, out.String(), problems.String())
	}
	out.Reset()
	terminal := process
	terminal.Terminal, terminal.Args = true, []string{"tty"}
	if code, err := runtime.Exec(t.Context(), running, &terminal, Streams{Stdout: &out}); code != 0 || err != nil ||
		out.String() != "/dev/pts/0\r\n" {
		t.Errorf("terminal: %d, %v, %q", code, err, out.String())
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	process.Args = []string{"sleep", "60"}
	start := time.Now()
	if _, err := runtime.Exec(ctx, running, &process, Streams{}); err != nil || time.Since(start) > 5*time.Second {
		t.Errorf("cancelled after %v: %v", time.Since(start), err)
	}
	running.Signal(unix.SIGKILL)
	if code := running.Wait(); code != 137 {
		t.Errorf("killed: exit code %d", code)
	}
}

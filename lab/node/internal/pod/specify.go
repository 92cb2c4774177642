package pod

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/uuid"

	"lab/node/internal/config"
	"lab/node/internal/container"
	"lab/node/internal/env"
	"lab/node/internal/logs"
	"lab/node/internal/sandbox"
)

const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// specify works out what to run for a container, and where. An error is one of its configuration.
func (w *worker) specify(pod *corev1.Pod, c *containerState, image *config.Image) (*container.Spec, error) {
	identity, err := identify(pod, c.spec, image)
	if err != nil {
		return nil, err
	}
	base := env.Environment{"PATH": defaultPath, "HOSTNAME": sandbox.Hostname(pod), "HOME": w.home(identity.UID)}
	for name, value := range image.Env {
		base[name] = value
	}
	environment, err := w.environment.Build(pod, c.spec, base)
	if err != nil {
		return nil, err
	}
	identity.Env = environment.List()
	identity.Args = command(c.spec, image, environment)
	identity.Dir = c.spec.WorkingDir
	if identity.Dir == "" {
		identity.Dir = image.WorkingDir
	}
	dir := filepath.Join(w.file("containers"), string(uuid.NewUUID()))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	mounts, err := w.mounts(c.spec, image, environment, dir)
	if err != nil {
		w.discard(dir)
		return nil, err
	}
	spec := &container.Spec{
		Dir: dir, Base: w.BaseDir, NetNS: w.network.Path(), Hostname: sandbox.Hostname(pod), Shm: w.file("shm"),
		Mounts: mounts, Process: *identity,
	}
	if context := c.spec.SecurityContext; context != nil {
		spec.ReadOnlyRoot, spec.Privileged = isTrue(context.ReadOnlyRootFilesystem), isTrue(context.Privileged)
	}
	return spec, nil
}

// command is what the container runs: its own command and arguments, or the image's.
func command(spec *corev1.Container, image *config.Image, environment env.Environment) []string {
	first, rest := spec.Command, spec.Args
	if len(first) == 0 {
		first = image.Entrypoint
		if len(rest) == 0 {
			rest = image.Cmd
		}
	}
	var args []string
	for _, list := range [][]string{first, rest} {
		for _, arg := range list {
			args = append(args, env.Expand(arg, environment.Lookup))
		}
	}
	return args
}

// home is a user's directory, as the container's own list of users has it.
func (w *worker) home(uid int) string {
	data, err := os.ReadFile(filepath.Join(w.BaseDir, "etc/passwd"))
	if err != nil {
		return "/"
	}
	for line := range strings.Lines(string(data)) {
		if fields := strings.Split(line, ":"); len(fields) > 5 && fields[2] == fmt.Sprint(uid) {
			return fields[5]
		}
	}
	return "/"
}

// terminationMessage is what the container left as its last word.
func (w *worker) terminationMessage(spec *corev1.Container, run *container.Spec, code int) string {
	const size, lines, logSize = 4096, 80, 2048
	data, _ := os.ReadFile(filepath.Join(run.Dir, "termination-log"))
	if len(data) == 0 && code != 0 && spec.TerminationMessagePolicy == corev1.TerminationMessageFallbackToLogsOnError {
		return logs.End(logs.Path(w.LogDir, w.namespace, w.name, spec.Name), lines, logSize)
	}
	return string(data[:min(len(data), size)])
}

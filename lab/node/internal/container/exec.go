package container

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// outputDelay bounds the wait for output of what a process left behind when it ended.
const outputDelay = 10 * time.Second

// Size of a terminal.
type Size struct{ Width, Height uint16 }

// Streams of a process run by [Runtime.Exec]. With a terminal, Stderr is unused.
type Streams struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Resize         <-chan Size
}

// Exec runs a further process in a container and returns its exit code. It is killed when ctx ends.
func (r *Runtime) Exec(ctx context.Context, running *Running, process *Process, streams Streams) (int, error) {
	self, err := os.Open("/proc/self/exe")
	if err != nil {
		return 0, err
	}
	defer self.Close()
	nsenter, err := exec.LookPath("nsenter")
	if err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, nsenter)
	// The agent's program is not in the container's tree, but its descriptor is at hand.
	cmd.Args = append(namespaceFlags(running.Pid()), fmt.Sprintf("/proc/self/fd/%d", selfFD), execChild)
	cmd.Env = []string{}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: unix.SIGKILL}
	cmd.WaitDelay = outputDelay
	cmd.Cancel = func() error { return killChildren(cmd.Process) }
	cmd.ExtraFiles = []*os.File{self}
	mine, theirs, err := socketPair()
	if err != nil {
		return 0, err
	}
	defer mine.Close()
	if process.Terminal {
		return r.execOnTerminal(cmd, process, streams, mine, theirs)
	}
	cmd.Stdout, cmd.Stderr = streams.Stdout, streams.Stderr
	stdin, err := feed(cmd, streams.Stdin)
	if err == nil {
		err = r.launch(cmd, process, theirs)
	}
	theirs.Close()
	stdin()
	if err != nil {
		return 0, err
	}
	problem := failure(mine, "")
	code := exitCode(cmd.Wait())
	if problem != nil {
		return 0, problem
	}
	return code, nil
}

// killChildren kills the processes that nsenter waits for, and so ends it as well. Killing nsenter itself would
// leave its child to an ancestor that may never reap it, and a container with a process that is not reaped never ends.
func killChildren(nsenter *os.Process) error {
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", nsenter.Pid, nsenter.Pid))
	pids := strings.Fields(string(children))
	if err != nil || len(pids) == 0 {
		return nsenter.Kill() // It has not come to start one.
	}
	for _, pid := range pids {
		number, err := strconv.Atoi(pid)
		if err != nil {
			return err
		}
		_ = unix.Kill(number, unix.SIGKILL) // It may just have ended.
	}
	return nil
}

// feed gives cmd a pipe as its input. The command's own copying would have [exec.Cmd.Wait] wait for an input
// that may never end. The function returned must be called once cmd has started, or has not.
func feed(cmd *exec.Cmd, from io.Reader) (func(), error) {
	if from == nil {
		return func() {}, nil
	}
	reading, writing, err := os.Pipe()
	if err != nil {
		return func() {}, err
	}
	cmd.Stdin = reading
	return func() {
		reading.Close()
		go func() {
			// Ends when the client closes its side, which it does at the end of the process at the latest.
			_, _ = io.Copy(writing, from)
			writing.Close()
		}()
	}, nil
}

func (r *Runtime) execOnTerminal(
	cmd *exec.Cmd, process *Process, streams Streams, mine, theirs *os.File,
) (int, error) {
	err := r.launch(cmd, process, theirs)
	theirs.Close()
	if err != nil {
		return 0, err
	}
	terminal, err := receiveTerminal(mine)
	if err != nil {
		_ = cmd.Wait()
		return 0, err
	}
	done := make(chan struct{})
	var copying sync.WaitGroup
	if streams.Stdin != nil {
		go func() { _, _ = io.Copy(terminal, streams.Stdin) }()
	}
	// Reading fails with EIO once no process has the terminal any more.
	copying.Go(func() { _, _ = io.Copy(streams.Stdout, terminal) })
	go func() {
		for {
			select {
			case size := <-streams.Resize:
				_ = resize(terminal, size)
			case <-done:
				return
			}
		}
	}()
	problem := failure(mine, "")
	code := exitCode(cmd.Wait())
	copying.Wait()
	close(done)
	terminal.Close()
	if problem != nil {
		return 0, problem
	}
	return code, nil
}

func resize(terminal *os.File, size Size) error {
	connection, err := terminal.SyscallConn()
	if err != nil {
		return err
	}
	return errors.Join(err, connection.Control(func(fd uintptr) {
		_ = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &unix.Winsize{Row: size.Height, Col: size.Width})
	}))
}

func socketPair() (mine, theirs *os.File, err error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, nil, err
	}
	return os.NewFile(uintptr(fds[0]), "status"), os.NewFile(uintptr(fds[1]), "status"), nil
}

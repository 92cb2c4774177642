package container

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// Runtime starts containers.
type Runtime struct {
	spawn chan func()
}

// NewRuntime returns a runtime. It lives as long as the agent.
func NewRuntime() *Runtime {
	r := &Runtime{spawn: make(chan func())}
	go func() {
		// A child is killed when the *thread* that started it ends. This one never does.
		runtime.LockOSThread()
		for start := range r.spawn {
			start()
		}
	}()
	return r
}

// Running is a container's first process.
type Running struct {
	cmd *exec.Cmd
}

// Start starts a container. An error says why its command could not be executed.
func (r *Runtime) Start(spec *Spec, stdout, stderr *os.File) (*Running, error) {
	cmd := &exec.Cmd{
		Path:   "/proc/self/exe",
		Args:   []string{runChild},
		Env:    []string{},
		Stdout: stdout,
		Stderr: stderr,
		SysProcAttr: &syscall.SysProcAttr{
			Cloneflags: unix.CLONE_NEWNS | unix.CLONE_NEWPID | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC,
			Pdeathsig:  unix.SIGKILL,
			Setsid:     true,
		},
	}
	reading, writing, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer reading.Close()
	err = r.launch(cmd, spec, writing)
	writing.Close()
	if err != nil {
		return nil, err
	}
	// The pipe closes when the command is executed.
	if err := failure(reading, ""); err != nil {
		_ = cmd.Wait()
		return nil, err
	}
	return &Running{cmd}, nil
}

// launch starts a child with its specification and a descriptor to report on.
func (r *Runtime) launch(cmd *exec.Cmd, spec any, status *os.File) error {
	data, err := json.Marshal(spec)
	if err != nil {
		return err
	}
	reading, writing, err := os.Pipe()
	if err != nil {
		return err
	}
	cmd.ExtraFiles = append([]*os.File{reading, status}, cmd.ExtraFiles...)
	started := make(chan error)
	r.spawn <- func() { started <- cmd.Start() }
	err = <-started
	reading.Close()
	if err == nil {
		_, err = writing.Write(data)
	}
	writing.Close()
	return err
}

// failure reads the error that a child reports, if any.
func failure(from io.Reader, beginning string) error {
	rest, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	if message := beginning + string(rest); message != "" {
		return errors.New(message)
	}
	return nil
}

// Pid is the process id on the host.
func (r *Running) Pid() int { return r.cmd.Process.Pid }

// Wait waits for the end, and returns the exit code; that of a process ended by a signal is 128 and the signal.
func (r *Running) Wait() int { return exitCode(r.cmd.Wait()) }

// Signal sends a signal to the container's first process. When that ends, the kernel ends all others.
func (r *Running) Signal(signal os.Signal) { _ = r.cmd.Process.Signal(signal) }

func exitCode(err error) int {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return 0
	}
	if status := exit.Sys().(syscall.WaitStatus); status.Signaled() {
		return 128 + int(status.Signal())
	}
	return exit.ExitCode()
}

// namespaceFlags of nsenter(1) for all that a container has of its own.
func namespaceFlags(pid int) []string {
	return []string{
		"nsenter", "--target", fmt.Sprint(pid), "--mount", "--uts", "--ipc", "--net", "--pid", "--",
	}
}

package container

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sys/unix"
)

// The names by which the agent starts itself as a child.
const (
	runChild  = "lab-node-container"
	execChild = "lab-node-exec"
)

// File descriptors of a child.
const (
	specFD   = 3
	statusFD = 4
	// selfFD is the agent's program, for execChild alone.
	selfFD = 5
)

// Main becomes a container's process, and does not return, if the agent started this process for that.
// It must be called before anything else.
func Main() {
	running, executing := os.Args[0] == runChild, len(os.Args) == 2 && os.Args[1] == execChild
	if !running && !executing {
		return
	}
	// Identity and network namespace are the thread's, and the thread that has them executes the command.
	runtime.LockOSThread()
	status := os.NewFile(statusFD, "status")
	unix.CloseOnExec(statusFD)
	var err error
	if running {
		err = run()
	} else {
		unix.CloseOnExec(selfFD)
		err = execute(status)
	}
	fmt.Fprint(status, err)
	os.Exit(128)
}

// run is the first process of a container.
func run() error {
	var spec Spec
	if err := receive(&spec); err != nil {
		return err
	}
	namespace, err := os.Open(spec.NetNS)
	if err != nil {
		return err
	}
	if err := unix.Setns(int(namespace.Fd()), unix.CLONE_NEWNET); err != nil {
		return fmt.Errorf("enter network namespace: %w", err)
	}
	namespace.Close()
	unix.Umask(0)
	if err := spec.enterRoot(); err != nil {
		return err
	}
	unix.Umask(0o022)
	if err := unix.Sethostname([]byte(spec.Hostname)); err != nil {
		return err
	}
	return spec.Process.start()
}

// execute is a further process of a container, already in its namespaces.
func execute(status *os.File) error {
	var process Process
	if err := receive(&process); err != nil {
		return err
	}
	if process.Terminal {
		if err := openTerminal(status, process.UID); err != nil {
			return fmt.Errorf("terminal: %w", err)
		}
	}
	return process.start()
}

func receive(into any) error {
	file := os.NewFile(specFD, "spec")
	defer file.Close()
	return json.NewDecoder(file).Decode(into)
}

// start turns this process into the command.
func (p *Process) start() error {
	if len(p.Args) == 0 {
		return errors.New("no command specified")
	}
	dir := p.Dir
	if dir == "" {
		dir = "/"
	}
	if err := os.MkdirAll(dir, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("working directory: %w", err)
	}
	if err := unix.Chdir(dir); err != nil {
		return fmt.Errorf("working directory %s: %w", dir, err)
	}
	if err := p.become(); err != nil {
		return err
	}
	path, err := p.lookPath()
	if err != nil {
		return err
	}
	return fmt.Errorf("exec %s: %w", path, unix.Exec(path, p.Args, p.Env))
}

// lookPath finds the command as the container's own PATH says.
func (p *Process) lookPath() (string, error) {
	name := p.Args[0]
	if strings.Contains(name, "/") {
		return name, nil
	}
	for _, variable := range p.Env {
		if list, found := strings.CutPrefix(variable, "PATH="); found {
			for _, dir := range filepath.SplitList(list) {
				if path := filepath.Join(dir, name); unix.Access(path, unix.X_OK) == nil {
					return path, nil
				}
			}
		}
	}
	return "", &exec.Error{Name: name, Err: exec.ErrNotFound}
}

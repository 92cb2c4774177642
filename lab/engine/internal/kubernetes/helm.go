package kubernetes

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// helmVariable names the Helm command; without it, helm on PATH is used.
const helmVariable = "LAB_HELM"

// gracePeriod is how long Helm may take to record that it was stopped.
const gracePeriod = 10 * time.Second

// helm runs the Helm command. The cluster's credentials are handed over in memory: no file of them is left, however the
// run ends.
func helm(ctx context.Context, kubeconfig, stdin []byte, args ...string) ([]byte, error) {
	path := os.Getenv(helmVariable)
	if path == "" {
		path = "helm"
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Stdin = bytes.NewReader(stdin)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Env = os.Environ()
	// Asked to stop, Helm marks the release as failed, so that the next run is not blocked by it.
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = gracePeriod
	if kubeconfig != nil {
		file, err := inMemory(kubeconfig)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		cmd.ExtraFiles = []*os.File{file}
		cmd.Env = append(cmd.Env, "KUBECONFIG=/dev/fd/3")
	}
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("helm %s was cancelled", args[0])
		}
		if message := strings.TrimSpace(stderr.String()); message != "" {
			return nil, fmt.Errorf("helm %s: %s", args[0], strings.TrimPrefix(message, "Error: "))
		}
		return nil, fmt.Errorf("helm %s: %w", args[0], err)
	}
	return stdout.Bytes(), nil
}

func inMemory(contents []byte) (*os.File, error) {
	fd, err := unix.MemfdCreate("kubeconfig", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("could not hand the kubeconfig to Helm: %w", err)
	}
	file := os.NewFile(uintptr(fd), "kubeconfig")
	if _, err := file.Write(contents); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

package pod

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/virtual-kubelet/virtual-kubelet/errdefs"
	"github.com/virtual-kubelet/virtual-kubelet/node/api"
	statsv1alpha1 "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	utilexec "k8s.io/utils/exec"

	"lab/node/internal/container"
	"lab/node/internal/logs"
	"lab/node/internal/sandbox"
)

// running finds a container that runs.
func (m *Manager) runningContainer(namespace, name, containerName string) (*run, error) {
	w := m.byName(namespace, name)
	if w == nil {
		return nil, errdefs.NotFoundf("pod %s/%s is not on this node", namespace, name)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if r := w.processes[containerName]; r != nil {
		return r, nil
	}
	return nil, errdefs.NotFoundf("container %q of pod %s/%s is not running", containerName, namespace, name)
}

// RunInContainer runs a command in a container, for kubectl exec.
func (m *Manager) RunInContainer(
	ctx context.Context, namespace, name, containerName string, command []string, attach api.AttachIO,
) error {
	r, err := m.runningContainer(namespace, name, containerName)
	if err != nil {
		return err
	}
	process := r.identity
	process.Args, process.Terminal = command, attach.TTY()
	if process.Terminal {
		process.Env = append([]string{"TERM=xterm"}, process.Env...)
	}
	streams := container.Streams{Stdin: attach.Stdin()}
	if out := attach.Stdout(); out != nil {
		streams.Stdout = out
	}
	if out := attach.Stderr(); out != nil {
		streams.Stderr = out
	}
	if process.Terminal {
		sizes := make(chan container.Size)
		streams.Resize = sizes
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		go forwardSizes(ctx, attach.Resize(), sizes)
	}
	code, err := m.Runtime.Exec(ctx, r.process, &process, streams)
	if err == nil && code != 0 {
		return utilexec.CodeExitError{Err: fmt.Errorf("command terminated with exit code %d", code), Code: code}
	}
	return err
}

func forwardSizes(ctx context.Context, from <-chan api.TermSize, to chan<- container.Size) {
	for {
		select {
		case size := <-from:
			select {
			case to <- container.Size(size):
			case <-ctx.Done():
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// AttachToContainer is not supported: containers have no input.
func (m *Manager) AttachToContainer(context.Context, string, string, string, api.AttachIO) error {
	return errors.New("this node does not support attach; use kubectl exec or kubectl logs -f")
}

type withoutLines struct{}

// WithoutLines marks a request for a log from its end on. The options cannot say so: for them, no last lines
// are all lines.
func WithoutLines(ctx context.Context) context.Context {
	return context.WithValue(ctx, withoutLines{}, true)
}

// GetContainerLogs reads a container's log, for kubectl logs.
func (m *Manager) GetContainerLogs(
	ctx context.Context, namespace, name, containerName string, options api.ContainerLogOpts,
) (io.ReadCloser, error) {
	path := logs.Path(m.LogDir, namespace, name, containerName)
	if options.Previous {
		path = logs.Previous(path)
	}
	wanted := logs.Options{
		Tail: options.Tail, LimitBytes: options.LimitBytes, Timestamps: options.Timestamps,
		Follow: options.Follow && !options.Previous, Since: options.SinceTime,
	}
	if options.Tail == 0 && ctx.Value(withoutLines{}) == nil {
		wanted.Tail = -1
	}
	if options.SinceSeconds > 0 {
		wanted.Since = time.Now().Add(-time.Duration(options.SinceSeconds) * time.Second)
	}
	reader, err := logs.Open(ctx, path, wanted, func() bool {
		_, err := m.runningContainer(namespace, name, containerName)
		return err == nil
	})
	if errors.Is(err, os.ErrNotExist) {
		what := "has no log yet"
		if options.Previous {
			what = "has not run before"
		}
		return nil, errdefs.InvalidInputf("container %q of pod %s/%s %s", containerName, namespace, name, what)
	}
	return reader, err
}

// PortForward joins a stream to a port of a pod, on its loopback interface.
func (m *Manager) PortForward(_ context.Context, namespace, name string, port int32, stream io.ReadWriteCloser) error {
	defer stream.Close()
	w := m.byName(namespace, name)
	if w == nil {
		return errdefs.NotFoundf("pod %s/%s is not on this node", namespace, name)
	}
	path := w.networkPath.Load()
	if path == nil {
		return fmt.Errorf("pod %s/%s has no network yet", namespace, name)
	}
	var connection net.Conn
	err := sandbox.Do(*path, func() (err error) {
		connection, err = net.Dial("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(int(port))))
		return err
	})
	if err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(connection, stream)
		_ = connection.(*net.TCPConn).CloseWrite()
	}()
	_, err = io.Copy(stream, connection)
	return errors.Join(err, connection.Close())
}

// GetStatsSummary and GetMetricsResource: this node measures nothing.
func (m *Manager) GetStatsSummary(context.Context) (*statsv1alpha1.Summary, error) {
	return nil, errdefs.NotFound("this node has no statistics")
}

// GetMetricsResource answers as [Manager.GetStatsSummary].
func (m *Manager) GetMetricsResource(context.Context) ([]*dto.MetricFamily, error) {
	return nil, errdefs.NotFound("this node has no metrics")
}

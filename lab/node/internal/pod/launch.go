package pod

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"lab/node/internal/container"
	"lab/node/internal/logs"
)

// Reasons of a container that waits, as the kubelet words them.
const (
	reasonCrashLoop    = "CrashLoopBackOff"
	reasonPull         = "ErrImagePull"
	reasonPullBackOff  = "ImagePullBackOff"
	reasonConfig       = "CreateContainerConfigError"
	reasonCreating     = "ContainerCreating"
	reasonInitializing = "PodInitializing"
	reasonStart        = "StartError"
)

// startErrorCode is the exit code of a container whose command could not be executed.
const startErrorCode = 128

// launch starts a container, in the background: its postStart hook may take long.
func (w *worker) launch(c *containerState) {
	entry, err := w.Images.Find(c.spec.Image)
	if err != nil {
		w.noImage(c, err)
		return
	}
	pod := w.pod.DeepCopy()
	spec, err := w.specify(pod, c, entry)
	if err != nil {
		if c.waiting.Reason != reasonConfig || c.waiting.Message != err.Error() {
			w.event(c, corev1.EventTypeWarning, "Failed", "Error: %v", err)
		}
		c.waiting = corev1.ContainerStateWaiting{Reason: reasonConfig, Message: err.Error()}
		c.retry = time.Now().Add(again)
		w.at(c.retry)
		return
	}
	c.image, c.id = entry.Match, filepath.Base(spec.Dir)
	if c.attempt++; c.attempt > 1 {
		c.backoff.restarted()
	}
	c.before, c.last, c.waiting, c.launching = c.last, nil, corev1.ContainerStateWaiting{}, true
	w.helpers.Go(func() {
		w.start(pod, c, spec)
		w.post(func() { c.launching = false })
	})
}

// noImage says that there is no such image: first the error, then that it is not tried again soon. The table
// does not change while the agent runs, so it never is.
func (w *worker) noImage(c *containerState, err error) {
	if c.waiting.Reason == "" {
		c.waiting = corev1.ContainerStateWaiting{Reason: reasonPull, Message: err.Error()}
		w.event(c, corev1.EventTypeWarning, "Failed", "%v", err)
		w.event(c, corev1.EventTypeWarning, "Failed", "Error: %s", reasonPull)
		c.retry = time.Now().Add(again)
	} else {
		message := fmt.Sprintf("Back-off pulling image %q: %s: %v", c.spec.Image, reasonPull, err)
		c.waiting = corev1.ContainerStateWaiting{Reason: reasonPullBackOff, Message: message}
		w.event(c, corev1.EventTypeNormal, "BackOff", "Back-off pulling image %q", c.spec.Image)
		c.retry = time.Now().Add(longestPause)
	}
	w.at(c.retry)
}

// start runs a container's command and its postStart hook.
func (w *worker) start(pod *corev1.Pod, c *containerState, spec *container.Spec) {
	began := metav1.Now()
	process, output, err := w.execute(c, spec)
	if err != nil {
		w.event(c, corev1.EventTypeWarning, "Failed", "Error: %v", err)
		w.discard(spec.Dir)
		w.post(func() {
			c.last = &corev1.ContainerStateTerminated{
				ExitCode: startErrorCode, Reason: reasonStart, Message: err.Error(),
				StartedAt: began, FinishedAt: metav1.Now(), ContainerID: containerID(c.id),
			}
		})
		return
	}
	ctx, cancel := context.WithCancel(w.ctx)
	r := &run{process: process, started: metav1.Now(), ctx: ctx, identity: spec.Process}
	w.event(c, corev1.EventTypeNormal, "Started", "Container started")
	w.mu.Lock()
	w.processes[c.spec.Name] = r
	w.mu.Unlock()
	w.post(func() { c.run = r })
	w.helpers.Go(func() {
		code := process.Wait()
		cancel()
		ended := metav1.Now()
		if err := output.Close(); err != nil {
			w.Log.Warn("log not complete", "pod", w.key(), "container", c.spec.Name, "error", err)
		}
		w.mu.Lock()
		delete(w.processes, c.spec.Name)
		w.mu.Unlock()
		message := w.terminationMessage(c.spec, spec, code)
		w.discard(spec.Dir)
		w.post(func() { w.ended(c, r, code, message, ended) })
	})
	if c.spec.Lifecycle != nil && c.spec.Lifecycle.PostStart != nil {
		if err := w.hook(ctx, pod, c.spec, r, c.spec.Lifecycle.PostStart); err != nil && ctx.Err() == nil {
			w.event(c, corev1.EventTypeWarning, "FailedPostStartHook", "PostStartHook failed: %v", err)
			w.post(func() { w.kill(c, r, "FailedPostStartHook") })
			return
		}
	}
	w.post(func() { w.hooked(pod, c, r) })
}

// execute starts the process, with its output going to the container's log.
func (w *worker) execute(c *containerState, spec *container.Spec) (*container.Running, *logs.Writer, error) {
	output, err := logs.Create(logs.Path(w.LogDir, w.namespace, w.name, c.spec.Name))
	if err != nil {
		return nil, nil, err
	}
	stdout, err := output.Pipe("stdout", spec.Process.UID)
	if err != nil {
		return nil, nil, errors.Join(err, output.Close())
	}
	stderr, err := output.Pipe("stderr", spec.Process.UID)
	if err != nil {
		stdout.Close()
		return nil, nil, errors.Join(err, output.Close())
	}
	process, err := w.Runtime.Start(spec, stdout, stderr)
	stdout.Close()
	stderr.Close()
	if err != nil {
		return nil, nil, errors.Join(err, output.Close())
	}
	return process, output, nil
}

// ended records how a run ended.
func (w *worker) ended(c *containerState, r *run, code int, message string, at metav1.Time) {
	reason := "Completed"
	if code != 0 {
		reason = "Error"
	}
	c.run = nil
	c.last = &corev1.ContainerStateTerminated{
		ExitCode: int32(code), Reason: reason, Message: message,
		StartedAt: r.started, FinishedAt: at, ContainerID: containerID(c.id),
	}
}

// discard removes what a run wrote.
func (w *worker) discard(dir string) {
	if err := os.RemoveAll(dir); err != nil {
		w.Log.Warn("container's files not removed", "pod", w.key(), "error", err)
	}
}

func containerID(id string) string { return "lab://" + id }

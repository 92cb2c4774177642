package pod

import (
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sys/unix"
	corev1 "k8s.io/api/core/v1"
)

// minimumGrace is what a container gets after its preStop hook has used up the grace period. The kubelet's figure.
const minimumGrace = 2 * time.Second

// purpose of an end.
type purpose int

const (
	// completed: the pod ends by itself, and stays in the cluster.
	completed purpose = iota
	// deleted: the pod goes from the cluster as well.
	deleted
	// shutdown: the agent ends, and the cluster is told nothing.
	shutdown
)

// stop begins to end the pod: main containers first, then sidecars, the last first. Asked again, the earlier
// time and the stronger purpose hold.
func (w *worker) stop(grace time.Duration, why purpose) {
	deadline := time.Now().Add(grace)
	if !w.ending.Load() || deadline.Before(w.stopAt) {
		w.stopAt = deadline
	}
	w.purpose = max(w.purpose, why)
	w.ending.Store(true)
}

// reconcileEnd goes on ending the pod.
func (w *worker) reconcileEnd() {
	var sidecars []*containerState
	busy := false
	for _, c := range w.containers {
		if c.sidecar() {
			sidecars = append(sidecars, c)
			continue
		}
		busy = busy || !c.idle()
		w.stopContainer(c, time.Until(w.stopAt), "Stopping container "+c.spec.Name)
	}
	slices.Reverse(sidecars)
	for _, c := range sidecars {
		if busy && time.Now().Before(w.stopAt) {
			break
		}
		busy = busy || !c.idle()
		w.stopContainer(c, time.Until(w.stopAt), "Stopping container "+c.spec.Name)
	}
	if busy {
		w.at(later(w.stopAt.Add(minimumGrace), time.Now().Add(minimumGrace/10)))
		return
	}
	w.over = true
}

// stopContainer ends a run. Asked again after the grace period is over, it insists.
func (w *worker) stopContainer(c *containerState, grace time.Duration, message string) {
	r := c.run
	switch {
	case r == nil:
		return
	case r.stopping:
		if grace <= -minimumGrace {
			r.process.Signal(unix.SIGKILL)
		}
		return
	}
	r.stopping = true
	w.event(c, corev1.EventTypeNormal, "Killing", "%s", message)
	var hook *corev1.LifecycleHandler
	if c.spec.Lifecycle != nil {
		hook = c.spec.Lifecycle.PreStop
	}
	pod := w.pod.DeepCopy()
	w.helpers.Go(func() {
		deadline := time.Now().Add(grace)
		if hook != nil && grace > 0 {
			ctx, cancel := context.WithDeadline(r.ctx, deadline)
			err := w.hook(ctx, pod, c.spec, r, hook)
			cancel()
			if err != nil && r.ctx.Err() == nil {
				w.event(c, corev1.EventTypeWarning, "FailedPreStopHook", "PreStopHook failed: %v", err)
			}
			deadline = later(deadline, time.Now().Add(minimumGrace))
		}
		if grace > 0 {
			r.process.Signal(unix.SIGTERM)
			select {
			case <-r.ctx.Done():
				return
			case <-time.After(time.Until(deadline)):
			}
		}
		r.process.Signal(unix.SIGKILL)
	})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// hook runs a lifecycle hook.
func (w *worker) hook(
	ctx context.Context, pod *corev1.Pod, spec *corev1.Container, r *run, handler *corev1.LifecycleHandler,
) error {
	target := w.target(pod, spec, r)
	switch {
	case handler.Exec != nil:
		code, output, err := target.Exec(ctx, handler.Exec.Command)
		if err == nil && code != 0 {
			err = fmt.Errorf("command %v exited with %d: %s", handler.Exec.Command, code, output)
		}
		return err
	case handler.HTTPGet != nil:
		return target.HTTP(ctx, handler.HTTPGet)
	case handler.Sleep != nil:
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(handler.Sleep.Seconds) * time.Second):
		}
	}
	return nil
}

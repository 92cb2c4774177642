package pod

import (
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
)

const (
	// again is when something that failed is tried again.
	again = 2 * time.Second
	// rejectAfter delays the end of a pod that cannot run here, lest its controller replace it in a tight loop.
	rejectAfter = 5 * time.Second
)

// reconcile takes the next steps that are due. It never waits for a container.
func (w *worker) reconcile() {
	if w.ending.Load() {
		w.reconcileEnd()
		return
	}
	if w.phase != "" {
		return // Ended by itself; what is left is to be deleted.
	}
	if w.rejected != "" {
		w.reject()
		return
	}
	if w.expired() {
		w.giveUp("DeadlineExceeded", "Pod was active on the node longer than the specified deadline")
		return
	}
	if !w.prepared && !w.prepare() {
		return
	}
	w.refreshVolumes()
	if w.startInit() {
		w.startMain()
	}
}

// expired tells whether activeDeadlineSeconds are over.
func (w *worker) expired() bool {
	if w.pod.Spec.ActiveDeadlineSeconds == nil {
		return false
	}
	deadline := w.started.Add(time.Duration(*w.pod.Spec.ActiveDeadlineSeconds) * time.Second)
	w.at(deadline)
	return !time.Now().Before(deadline)
}

func (w *worker) reject() {
	w.eventOnce("UnsupportedPod", w.rejected)
	due := w.started.Add(rejectAfter)
	if w.at(due); !time.Now().Before(due) {
		w.phase, w.reason, w.message = corev1.PodFailed, "UnsupportedPod", w.rejected
	}
}

// startInit starts the init containers in their order. It returns true when all have passed.
func (w *worker) startInit() bool {
	passed := true
	for _, c := range w.containers {
		if !c.init {
			break
		}
		if !passed {
			// A sidecar that already ran does so whatever happens to those before it.
			if c.sidecar() && c.attempt > 0 {
				w.startDue(c)
			}
			continue
		}
		if c.done() {
			continue
		}
		passed = false
		if c.idle() && !c.restarts(w.pod.Spec.RestartPolicy) {
			w.giveUp("", "")
			return false
		}
		w.startDue(c)
	}
	return passed || w.initialized()
}

// initialized tells whether a main container has ever been started; a sidecar that fails later stops nothing.
func (w *worker) initialized() bool {
	for _, c := range w.containers {
		if !c.init && c.attempt > 0 {
			return true
		}
	}
	return false
}

// startMain starts the main containers in their order, each once the hook of the one before is through, and
// ends the pod when none is to run any more.
func (w *worker) startMain() {
	finished := true
	for _, c := range w.containers {
		if c.init {
			continue
		}
		if !c.idle() || c.restarts(w.pod.Spec.RestartPolicy) {
			finished = false
			w.startDue(c)
		}
		if c.launching {
			return
		}
	}
	if finished {
		w.giveUp("", "")
	}
}

// startDue starts a container that does not run, when the time for it has come.
func (w *worker) startDue(c *containerState) {
	if !c.idle() {
		return
	}
	due := c.retry
	if c.last != nil {
		next := c.backoff.next(c.last.StartedAt.Time, c.last.FinishedAt.Time)
		if next.After(due) {
			due = next
		}
		if time.Now().Before(next) && c.waiting.Reason != reasonCrashLoop {
			pause := next.Sub(c.last.FinishedAt.Time)
			c.waiting = corev1.ContainerStateWaiting{Reason: reasonCrashLoop, Message: fmt.Sprintf(
				"back-off %v restarting failed container=%s pod=%s", pause, c.spec.Name, w.key())}
			w.event(c, corev1.EventTypeWarning, "BackOff", "Back-off restarting failed container %s in pod %s",
				c.spec.Name, w.key())
		}
	}
	if time.Now().Before(due) {
		w.at(due)
		return
	}
	w.launch(c)
}

// giveUp ends a pod whose containers have done all they will do, or whose time is up.
func (w *worker) giveUp(reason, message string) {
	w.reason, w.message = reason, message
	w.stop(w.gracePeriod(), completed)
	w.at(time.Now()) // The next round ends it.
}

func (w *worker) gracePeriod() time.Duration {
	if seconds := w.pod.Spec.TerminationGracePeriodSeconds; seconds != nil {
		return time.Duration(*seconds) * time.Second
	}
	return 30 * time.Second
}

package pod

import (
	"context"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"lab/node/internal/container"
	"lab/node/internal/probe"
)

// kill ends a run that is not well; what follows is for the restart policy.
func (w *worker) kill(c *containerState, r *run, why string) {
	if c.run == r {
		w.stopContainer(c, w.gracePeriod(), "Container "+c.spec.Name+" "+why+", will be restarted")
	}
}

// hooked lets the probes begin.
func (w *worker) hooked(pod *corev1.Pod, c *containerState, r *run) {
	if c.run != r {
		return
	}
	r.hooked = true
	if c.spec.StartupProbe == nil {
		w.startedUp(pod, c, r)
		return
	}
	w.watch(pod, c, r, c.spec.StartupProbe, "Startup", func(healthy bool) {
		switch {
		case r.up:
		case healthy:
			w.startedUp(pod, c, r)
		default:
			w.kill(c, r, "failed startup probe")
		}
	})
}

// startedUp begins what must wait for the container to have started.
func (w *worker) startedUp(pod *corev1.Pod, c *containerState, r *run) {
	r.up = true
	if c.spec.ReadinessProbe == nil {
		r.ready = true
	} else {
		w.watch(pod, c, r, c.spec.ReadinessProbe, "Readiness", func(healthy bool) { r.ready = healthy })
	}
	if c.spec.LivenessProbe != nil {
		w.watch(pod, c, r, c.spec.LivenessProbe, "Liveness", func(healthy bool) {
			if !healthy && !w.ending.Load() {
				w.kill(c, r, "failed liveness probe")
			}
		})
	}
}

// watch probes a run until it ends. report is called on the worker's goroutine.
func (w *worker) watch(
	pod *corev1.Pod, c *containerState, r *run, p *corev1.Probe, kind string, report func(bool),
) {
	ctx, cancel := context.WithCancel(r.ctx)
	target := w.target(pod, c.spec, r)
	watch := &probe.Watch{
		Probe: p, Eager: kind != "Liveness", Late: kind == "Liveness",
		Check: func(ctx context.Context) error { return target.Check(ctx, &p.ProbeHandler) },
		Failed: func(err error) {
			w.event(c, corev1.EventTypeWarning, "Unhealthy", "%s probe failed: %v", kind, err)
		},
		Report: func(healthy bool) {
			if kind == "Startup" {
				cancel() // It has done its part.
			}
			w.post(func() {
				if c.run == r {
					report(healthy)
				}
			})
		},
	}
	w.helpers.Go(func() {
		defer cancel()
		watch.Run(ctx)
	})
}

func (w *worker) target(pod *corev1.Pod, spec *corev1.Container, r *run) *probe.Target {
	return &probe.Target{
		Container: spec, PodIP: pod.Status.PodIP,
		Exec: func(ctx context.Context, command []string) (int, string, error) {
			var output strings.Builder
			process := r.identity
			process.Args = command
			code, err := w.Runtime.Exec(ctx, r.process, &process, container.Streams{Stdout: &output, Stderr: &output})
			return code, output.String(), err
		},
	}
}

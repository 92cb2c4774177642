package pod

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"lab/node/internal/container"
)

// containerState is what is known of one container. It belongs to the worker's goroutine.
type containerState struct {
	spec *corev1.Container
	init bool

	// run is the current run, if the container is running.
	run *run
	// launching is set while a start is under way, hook included.
	launching bool
	// attempt counts starts; all but the first are restarts.
	attempt int
	// waiting says why the container does not run.
	waiting corev1.ContainerStateWaiting
	// last is how the last run ended.
	last *corev1.ContainerStateTerminated
	// before is how the run before the current or last one ended.
	before  *corev1.ContainerStateTerminated
	backoff backoff
	// retry is when a start that could not be made is tried again.
	retry time.Time
	// image is the entry of the image table that the container runs.
	image string
	id    string
}

// run is one run of a container.
type run struct {
	process *container.Running
	started metav1.Time
	// hooked is set once the postStart hook is through, up once the startup probe is as well.
	hooked, up bool
	// ready is what the readiness probe says.
	ready bool
	// stopping is set once the end has been asked for.
	stopping bool
	// ctx ends with the run.
	ctx context.Context
	// identity is whom the container runs as, for further processes in it.
	identity container.Process
}

// sidecar tells whether an init container keeps running beside the others.
func (c *containerState) sidecar() bool {
	return c.init && c.spec.RestartPolicy != nil && *c.spec.RestartPolicy == corev1.ContainerRestartPolicyAlways
}

// done tells whether an init container has passed.
func (c *containerState) done() bool {
	if c.sidecar() {
		return c.run != nil && c.run.up
	}
	return c.run == nil && c.last != nil && c.last.ExitCode == 0
}

// idle tells whether nothing of the container runs, nor is about to.
func (c *containerState) idle() bool { return c.run == nil && !c.launching }

// ready tells whether the container counts as ready.
func (c *containerState) ready() bool {
	if c.init && !c.sidecar() {
		return c.done()
	}
	return c.run != nil && c.run.up && c.run.ready
}

// restarts tells whether the container is to start again after its last end.
func (c *containerState) restarts(policy corev1.RestartPolicy) bool {
	switch {
	case c.last == nil || c.sidecar() || policy == corev1.RestartPolicyAlways && !c.init:
		return true
	case c.last.ExitCode == 0:
		return false
	}
	return policy != corev1.RestartPolicyNever
}

func (c *containerState) fieldPath() string {
	if c.init {
		return "spec.initContainers{" + c.spec.Name + "}"
	}
	return "spec.containers{" + c.spec.Name + "}"
}

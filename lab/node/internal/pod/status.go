package pod

import (
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// status returns the pod with its status as of now.
func (w *worker) status() *corev1.Pod {
	pod := w.pod.DeepCopy()
	s := &pod.Status
	s.StartTime = &w.started
	s.ObservedGeneration = pod.Generation
	s.HostIP, s.HostIPs = w.Node.HostIP, []corev1.HostIP{{IP: w.Node.HostIP}}
	s.Reason, s.Message = w.reason, w.message
	s.InitContainerStatuses, s.ContainerStatuses = nil, nil
	waiting := reasonCreating
	if len(pod.Spec.InitContainers) > 0 && !w.initialized() {
		waiting = reasonInitializing
	}
	for _, c := range w.containers {
		if w.phase != "" {
			break // Rejected: there never was a container.
		}
		if c.init {
			s.InitContainerStatuses = append(s.InitContainerStatuses, c.status(waiting))
		} else {
			s.ContainerStatuses = append(s.ContainerStatuses, c.status(waiting))
		}
	}
	s.Phase = w.currentPhase()
	s.Conditions = w.currentConditions(s.Phase)
	return pod
}

// status of one container.
func (c *containerState) status(waiting string) corev1.ContainerStatus {
	up := c.run != nil && c.run.up
	s := corev1.ContainerStatus{
		Name: c.spec.Name, Image: c.spec.Image, RestartCount: int32(max(c.attempt-1, 0)),
		Ready: c.ready(), Started: &up,
	}
	if c.id != "" {
		s.ImageID, s.ContainerID = "lab://"+c.image, containerID(c.id)
	}
	switch {
	case c.run != nil:
		s.State.Running = &corev1.ContainerStateRunning{StartedAt: c.run.started}
		s.LastTerminationState.Terminated = c.before
	case c.waiting.Reason != "":
		now := c.waiting // A copy: what has been published must not change.
		s.State.Waiting = &now
		s.LastTerminationState.Terminated = c.last
	case c.last != nil:
		s.State.Terminated = c.last
		s.LastTerminationState.Terminated = c.before
	default:
		s.State.Waiting = &corev1.ContainerStateWaiting{Reason: waiting}
		s.LastTerminationState.Terminated = c.before
	}
	return s
}

// currentPhase follows the kubelet's rules.
func (w *worker) currentPhase() corev1.PodPhase {
	if w.phase != "" {
		return w.phase
	}
	var fresh, running, failed, ended int
	for _, c := range w.containers {
		switch {
		case c.init && !c.sidecar():
			if c.idle() && c.last != nil && c.last.ExitCode != 0 {
				failed++
			}
		case c.sidecar():
		case c.run != nil:
			running++
		case c.last != nil || c.before != nil:
			ended++
			if c.last != nil && c.last.ExitCode != 0 {
				failed++
			}
		default:
			fresh++
		}
	}
	if w.over {
		if failed > 0 || fresh > 0 || w.reason != "" {
			return corev1.PodFailed
		}
		return corev1.PodSucceeded
	}
	if fresh > 0 || running+ended == 0 {
		return corev1.PodPending
	}
	return corev1.PodRunning
}

// currentConditions are the kubelet's, besides those that others have set.
func (w *worker) currentConditions(phase corev1.PodPhase) []corev1.PodCondition {
	var uninitialized, unready []string
	for _, c := range w.containers {
		if c.init && !c.done() && !(c.sidecar() && w.initialized()) {
			uninitialized = append(uninitialized, c.spec.Name)
		}
		if (!c.init || c.sidecar()) && !c.ready() {
			unready = append(unready, c.spec.Name)
		}
	}
	initialized := condition(corev1.PodInitialized, len(uninitialized) == 0,
		"ContainersNotInitialized", "containers with incomplete status: "+list(uninitialized))
	ready := condition(corev1.PodReady, len(unready) == 0,
		"ContainersNotReady", "containers with unready status: "+list(unready))
	if phase == corev1.PodSucceeded {
		initialized = condition(corev1.PodInitialized, true, "", "")
		initialized.Reason = "PodCompleted"
		ready = condition(corev1.PodReady, false, "PodCompleted", "")
	}
	containers := ready
	containers.Type = corev1.ContainersReady
	for _, gate := range w.pod.Spec.ReadinessGates {
		if ready.Status == corev1.ConditionTrue && !w.gateOpen(gate.ConditionType) {
			ready = condition(corev1.PodReady, false, "ReadinessGatesNotReady",
				fmt.Sprintf("corresponding condition of pod readiness gate %q does not exist or is not true", gate.ConditionType))
		}
	}
	sandbox := condition(corev1.PodReadyToStartContainers, w.network != nil, "", "")
	scheduled := condition(corev1.PodScheduled, true, "", "")
	for _, now := range []corev1.PodCondition{scheduled, sandbox, initialized, containers, ready} {
		w.conditions = update(w.conditions, now)
	}
	return append([]corev1.PodCondition(nil), w.conditions...)
}

// gateOpen tells whether a condition that someone else sets holds.
func (w *worker) gateOpen(kind corev1.PodConditionType) bool {
	for _, c := range w.pod.Status.Conditions {
		if c.Type == kind {
			return c.Status == corev1.ConditionTrue
		}
	}
	return false
}

func list(names []string) string { return "[" + strings.Join(names, " ") + "]" }

func condition(kind corev1.PodConditionType, holds bool, reason, message string) corev1.PodCondition {
	c := corev1.PodCondition{Type: kind, Status: corev1.ConditionTrue}
	if !holds {
		c.Status, c.Reason, c.Message = corev1.ConditionFalse, reason, message
	}
	return c
}

// update replaces a condition; its time is that of the last change of its status.
func update(conditions []corev1.PodCondition, now corev1.PodCondition) []corev1.PodCondition {
	for i, before := range conditions {
		if before.Type == now.Type {
			now.LastTransitionTime = before.LastTransitionTime
			if before.Status != now.Status {
				now.LastTransitionTime = metav1.Now()
			}
			conditions[i] = now
			return conditions
		}
	}
	now.LastTransitionTime = metav1.Now()
	return append(conditions, now)
}

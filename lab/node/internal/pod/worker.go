package pod

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"lab/node/internal/sandbox"
	"lab/node/internal/volume"
)

// worker runs one pod. All of its state but what mu guards belongs to the goroutine of loop; others hand it
// functions to call by post.
type worker struct {
	*Manager
	namespace, name string

	ctx    context.Context
	cancel context.CancelFunc
	events chan func()
	done   chan struct{}
	// helpers are the goroutines that wait, probe and stop.
	helpers sync.WaitGroup
	ending  atomic.Bool
	// networkPath is where the network namespace is, once it is.
	networkPath atomic.Pointer[string]

	pod        *corev1.Pod
	started    metav1.Time
	containers []*containerState
	volumes    volume.Set
	network    *sandbox.Sandbox
	// prepared is set once volumes and network are there.
	prepared bool
	// stale is set when what the volumes show may have changed; refresh is when it will have, at the latest.
	stale   bool
	refresh time.Time
	wake    time.Time
	// rejected says why the pod cannot run here.
	rejected   string
	lastEvent  string
	phase      corev1.PodPhase
	reason     string
	message    string
	stopAt     time.Time
	purpose    purpose
	over       bool
	conditions []corev1.PodCondition

	mu        sync.Mutex
	published *corev1.Pod
	processes map[string]*run
}

func newWorker(m *Manager, pod *corev1.Pod) *worker {
	w := &worker{
		Manager: m, namespace: pod.Namespace, name: pod.Name,
		events: make(chan func(), 16), done: make(chan struct{}),
		pod: pod.DeepCopy(), started: metav1.Now(), published: pod.DeepCopy(),
		volumes:   volume.Set{Objects: m.Objects, Node: m.Node, Dir: filepath.Join(m.podDir(pod.UID), "volumes")},
		processes: map[string]*run{},
	}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	// What a former agent wrote is no longer so.
	w.pod.Status.PodIP, w.pod.Status.PodIPs = "", nil
	for i := range w.pod.Spec.InitContainers {
		w.containers = append(w.containers, &containerState{spec: &w.pod.Spec.InitContainers[i], init: true})
	}
	for i := range w.pod.Spec.Containers {
		w.containers = append(w.containers, &containerState{spec: &w.pod.Spec.Containers[i]})
	}
	w.rejected = unsupported(w.pod)
	return w
}

// loop is the life of the pod.
func (w *worker) loop() {
	defer close(w.done)
	for {
		w.wake = time.Time{}
		w.reconcile()
		if w.over {
			break
		}
		w.publish()
		var timer <-chan time.Time
		if !w.wake.IsZero() {
			timer = time.After(time.Until(w.wake))
		}
		select {
		case event := <-w.events:
			event()
		case <-timer:
		}
	}
	w.cancel()
	w.finish()
}

// post has the worker's goroutine call f.
func (w *worker) post(f func()) {
	select {
	case w.events <- f:
	case <-w.done:
	}
}

// at has the worker look again at a time.
func (w *worker) at(when time.Time) {
	if w.wake.IsZero() || when.Before(w.wake) {
		w.wake = when
	}
}

// update takes over what may change in a pod.
func (w *worker) update(pod *corev1.Pod) {
	w.pod.Labels, w.pod.Annotations, w.pod.Generation = pod.Labels, pod.Annotations, pod.Generation
	w.pod.Spec.Tolerations, w.pod.Spec.ActiveDeadlineSeconds = pod.Spec.Tolerations, pod.Spec.ActiveDeadlineSeconds
	w.pod.Status.Conditions = pod.Status.Conditions // For readiness gates.
	w.stale = true
}

// finish leaves nothing of the pod, and removes it from the cluster if that was asked for.
func (w *worker) finish() {
	// Events are still taken, or a helper would wait for ever.
	helpers := make(chan struct{})
	go func() {
		w.helpers.Wait()
		close(helpers)
	}()
	for waiting := true; waiting; {
		select {
		case <-w.events:
		case <-helpers:
			waiting = false
		}
	}
	w.clean()
	if w.purpose == shutdown {
		return
	}
	// Told as always, so that nothing older is written later, and written here, before the pod is removed.
	w.publish()
	status := w.snapshot()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := w.API.PatchStatus(ctx, status); err != nil {
		w.Log.Warn("final status not written", "pod", w.key(), "error", err)
	}
	if w.purpose == deleted {
		if err := w.API.Remove(ctx, status); err != nil {
			w.Log.Error("pod not removed", "pod", w.key(), "error", err)
		}
	}
	w.Log.Info("pod ended", "pod", w.key(), "phase", status.Status.Phase)
}

// clean removes network and files.
func (w *worker) clean() {
	if w.network != nil {
		if err := w.Network.Remove(w.network); err != nil {
			w.Log.Error("network not removed", "pod", w.key(), "error", err)
		}
		w.network = nil
		w.networkPath.Store(nil)
	}
	if err := os.RemoveAll(w.podDir(w.pod.UID)); err != nil {
		w.Log.Error("files not removed", "pod", w.key(), "error", err)
	}
}

// publish tells of the status, if it has changed.
func (w *worker) publish() {
	pod := w.status()
	w.mu.Lock()
	changed := !equality.Semantic.DeepEqual(w.published, pod)
	w.published = pod
	w.mu.Unlock()
	if changed {
		w.Manager.mu.Lock()
		notify := w.notify
		w.Manager.mu.Unlock()
		notify(pod)
	}
}

// snapshot is the pod as last published.
func (w *worker) snapshot() *corev1.Pod {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.published.DeepCopy()
}

func (w *worker) key() string { return w.namespace + "/" + w.name }

// event records an event of the pod, or of one of its containers.
func (w *worker) event(c *containerState, kind, reason, format string, args ...any) {
	reference := &corev1.ObjectReference{
		APIVersion: "v1", Kind: "Pod", Namespace: w.namespace, Name: w.name, UID: w.pod.UID,
		ResourceVersion: w.pod.ResourceVersion,
	}
	if c != nil {
		reference.FieldPath = c.fieldPath()
	}
	message := fmt.Sprintf(format, args...)
	w.Events.Event(reference, kind, reason, message)
	if kind == corev1.EventTypeWarning {
		w.Log.Warn(message, "pod", w.key(), "reason", reason)
	}
}

// eventOnce records an event unless the last was the same.
func (w *worker) eventOnce(reason, message string) {
	if w.lastEvent != reason+message {
		w.lastEvent = reason + message
		w.event(nil, corev1.EventTypeWarning, reason, "%s", message)
	}
}

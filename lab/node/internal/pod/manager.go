// Package pod runs pods: each by a worker of its own, which starts and ends containers as the kubelet does.
package pod

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/virtual-kubelet/virtual-kubelet/errdefs"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/tools/record"

	"lab/node/internal/container"
	"lab/node/internal/env"
	"lab/node/internal/image"
	"lab/node/internal/objects"
	"lab/node/internal/sandbox"
)

// API is how workers change pods in the cluster themselves.
type API interface {
	// PatchStatus writes the status of a pod.
	PatchStatus(ctx context.Context, pod *corev1.Pod) error
	// Remove deletes a pod whose containers have ended.
	Remove(ctx context.Context, pod *corev1.Pod) error
}

// Options of a [Manager].
type Options struct {
	Runtime *container.Runtime
	Network *sandbox.Network
	Images  image.Table
	Objects *objects.Objects
	Node    *objects.Node
	DNS     sandbox.DNS
	Events  record.EventRecorder
	API     API
	Log     *slog.Logger
	// WorkDir is on a tmpfs; BaseDir is the lowest layer of every container's root.
	WorkDir, BaseDir, LogDir string
}

// Manager has the pods of the node.
type Manager struct {
	Options
	environment env.Builder

	mu      sync.Mutex
	workers map[types.UID]*worker
	// ended are pods that ended by themselves, which must not be started again.
	ended   map[types.UID]bool
	running sync.WaitGroup
	notify  func(*corev1.Pod)
}

// NewManager returns a manager without pods.
func NewManager(options Options) *Manager {
	return &Manager{
		Options:     options,
		environment: env.Builder{Objects: options.Objects, Node: options.Node},
		workers:     map[types.UID]*worker{},
		ended:       map[types.UID]bool{},
		notify:      func(*corev1.Pod) {},
	}
}

// NotifyPods registers who is told of each change of a status.
func (m *Manager) NotifyPods(_ context.Context, notify func(*corev1.Pod)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.notify = notify
}

// CreatePod starts a pod.
func (m *Manager) CreatePod(_ context.Context, pod *corev1.Pod) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.workers[pod.UID] == nil && !m.ended[pod.UID] {
		w := newWorker(m, pod)
		m.workers[pod.UID] = w
		m.running.Go(func() {
			w.loop()
			m.mu.Lock()
			defer m.mu.Unlock()
			delete(m.workers, pod.UID)
			m.ended[pod.UID] = w.purpose == completed
		})
	}
	return nil
}

// UpdatePod takes note of changed labels and annotations, which volumes may show.
func (m *Manager) UpdatePod(ctx context.Context, pod *corev1.Pod) error {
	w := m.byUID(pod.UID)
	if w == nil {
		// Another pod of the same name, whose predecessor is still ending.
		return m.CreatePod(ctx, pod)
	}
	w.post(func() { w.update(pod) })
	return nil
}

// Knows tells whether a pod runs here.
func (m *Manager) Knows(uid types.UID) bool { return m.byUID(uid) != nil }

// DeletePod begins to end a pod. The worker removes it from the cluster once it has ended.
func (m *Manager) DeletePod(ctx context.Context, pod *corev1.Pod) error {
	if w := m.byUID(pod.UID); w != nil {
		grace := time.Duration(0)
		if seconds := pod.DeletionGracePeriodSeconds; seconds != nil {
			grace = time.Duration(*seconds) * time.Second
		}
		w.post(func() { w.stop(grace, deleted) })
		return nil
	}
	m.mu.Lock()
	delete(m.ended, pod.UID)
	m.mu.Unlock()
	if pod.DeletionTimestamp != nil {
		// It has ended, or was another agent's.
		return m.API.Remove(ctx, pod)
	}
	return nil
}

// GetPod returns a pod with its current status.
func (m *Manager) GetPod(_ context.Context, namespace, name string) (*corev1.Pod, error) {
	if w := m.byName(namespace, name); w != nil {
		return w.snapshot(), nil
	}
	return nil, errdefs.NotFoundf("pod %s/%s is not on this node", namespace, name)
}

// GetPodStatus returns the current status of a pod.
func (m *Manager) GetPodStatus(ctx context.Context, namespace, name string) (*corev1.PodStatus, error) {
	pod, err := m.GetPod(ctx, namespace, name)
	if err != nil {
		return nil, err
	}
	return &pod.Status, nil
}

// GetPods returns all pods.
func (m *Manager) GetPods(context.Context) ([]*corev1.Pod, error) {
	var pods []*corev1.Pod
	for _, w := range m.all() {
		pods = append(pods, w.snapshot())
	}
	return pods, nil
}

// Poke has the pods that use a Secret or ConfigMap look at it again.
func (m *Manager) Poke(uses func(*corev1.Pod) bool) {
	for _, w := range m.all() {
		if uses(w.snapshot()) {
			w.post(func() { w.stale = true })
		}
	}
}

// Shutdown ends all pods, without a change in the cluster, and waits for that.
func (m *Manager) Shutdown(grace time.Duration) {
	for _, w := range m.all() {
		w.post(func() { w.stop(grace, shutdown) })
	}
	m.running.Wait()
}

func (m *Manager) all() []*worker {
	m.mu.Lock()
	defer m.mu.Unlock()
	workers := make([]*worker, 0, len(m.workers))
	for _, w := range m.workers {
		workers = append(workers, w)
	}
	return workers
}

func (m *Manager) byUID(uid types.UID) *worker {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.workers[uid]
}

// byName finds a pod; of two with one name it is the one that is not ending.
func (m *Manager) byName(namespace, name string) *worker {
	var found *worker
	for _, w := range m.all() {
		if w.namespace == namespace && w.name == name && (found == nil || !w.ending.Load()) {
			found = w
		}
	}
	return found
}

func (m *Manager) podDir(uid types.UID) string { return filepath.Join(m.WorkDir, "pods", string(uid)) }

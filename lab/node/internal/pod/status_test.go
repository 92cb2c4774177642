package pod

import (
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"lab/node/internal/objects"
	"lab/node/internal/sandbox"
)

var always = corev1.ContainerRestartPolicyAlways

// testWorker has an init container, a sidecar and a main container, none of which has run.
func testWorker(policy corev1.RestartPolicy) (w *worker, setup, side, app *containerState) {
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: "ns", Name: "p", UID: "12345678-1234"},
		Spec: corev1.PodSpec{
			RestartPolicy:  policy,
			InitContainers: []corev1.Container{{Name: "setup"}, {Name: "side", RestartPolicy: &always}},
			Containers:     []corev1.Container{{Name: "app"}},
		},
	}
	m := NewManager(Options{Objects: &objects.Objects{}, Node: &objects.Node{HostIP: "172.30.1.2"}})
	w = newWorker(m, pod)
	return w, w.containers[0], w.containers[1], w.containers[2]
}

func exited(code int32) *corev1.ContainerStateTerminated {
	return &corev1.ContainerStateTerminated{ExitCode: code, StartedAt: metav1.Now(), FinishedAt: metav1.Now()}
}

func expect(t *testing.T, w *worker, phase corev1.PodPhase, initialized, ready corev1.ConditionStatus) {
	t.Helper()
	status := w.status().Status
	if status.Phase != phase {
		t.Errorf("phase %s, want %s", status.Phase, phase)
	}
	for kind, want := range map[corev1.PodConditionType]corev1.ConditionStatus{
		corev1.PodInitialized: initialized, corev1.PodReady: ready, corev1.ContainersReady: ready,
	} {
		for _, c := range status.Conditions {
			if c.Type == kind && c.Status != want {
				t.Errorf("%s is %s (%s), want %s", kind, c.Status, c.Message, want)
			}
		}
	}
}

func TestStatusOverALife(t *testing.T) {
	const yes, no = corev1.ConditionTrue, corev1.ConditionFalse
	w, setup, side, app := testWorker(corev1.RestartPolicyAlways)
	expect(t, w, corev1.PodPending, no, no)
	if reason := w.status().Status.ContainerStatuses[0].State.Waiting.Reason; reason != reasonInitializing {
		t.Errorf("app waits for %s", reason)
	}
	w.network = &sandbox.Sandbox{}
	setup.attempt, setup.last = 1, exited(0)
	side.attempt, side.run = 1, &run{}
	expect(t, w, corev1.PodPending, no, no)
	side.run.up, side.run.ready = true, true
	expect(t, w, corev1.PodPending, yes, no)
	app.attempt, app.run = 1, &run{up: true}
	expect(t, w, corev1.PodRunning, yes, no)
	app.run.ready = true
	expect(t, w, corev1.PodRunning, yes, yes)
	// A sidecar that is away makes the pod unready, not uninitialized.
	side.run = nil
	side.last = exited(1)
	expect(t, w, corev1.PodRunning, yes, no)
	app.run, app.last = nil, exited(1)
	expect(t, w, corev1.PodRunning, yes, no)
	w.over = true
	expect(t, w, corev1.PodFailed, yes, no)
	app.last = exited(0)
	expect(t, w, corev1.PodSucceeded, yes, no)
}

func TestFailedInit(t *testing.T) {
	w, setup, _, _ := testWorker(corev1.RestartPolicyNever)
	setup.attempt, setup.last = 1, exited(5)
	if setup.restarts(corev1.RestartPolicyNever) || !setup.restarts(corev1.RestartPolicyOnFailure) {
		t.Error("an init container that failed restarts unless the policy is Never")
	}
	w.over = true
	expect(t, w, corev1.PodFailed, corev1.ConditionFalse, corev1.ConditionFalse)
}

func TestWhatIsPublishedDoesNotChange(t *testing.T) {
	w, _, _, app := testWorker(corev1.RestartPolicyAlways)
	app.waiting = corev1.ContainerStateWaiting{Reason: reasonPull}
	before := w.status()
	app.waiting.Reason = reasonPullBackOff
	if after := w.status(); equality.Semantic.DeepEqual(before, after) {
		t.Error("a change is not seen as one")
	}
}

func TestRestarts(t *testing.T) {
	for _, c := range []struct {
		policy corev1.RestartPolicy
		code   int32
		want   bool
	}{
		{corev1.RestartPolicyAlways, 0, true}, {corev1.RestartPolicyAlways, 1, true},
		{corev1.RestartPolicyOnFailure, 0, false}, {corev1.RestartPolicyOnFailure, 1, true},
		{corev1.RestartPolicyNever, 0, false}, {corev1.RestartPolicyNever, 1, false},
	} {
		if got := (&containerState{spec: &corev1.Container{}, last: exited(c.code)}).restarts(c.policy); got != c.want {
			t.Errorf("%s after %d: %v", c.policy, c.code, got)
		}
	}
}

func TestBackoff(t *testing.T) {
	now := time.Now()
	var b backoff
	for i, want := range []time.Duration{0, 10, 20, 40, 80, 160, 300, 300} {
		if got := b.next(now, now).Sub(now); got != want*time.Second {
			t.Errorf("restart %d after %v, want %v s", i+1, got, want)
		}
		b.restarted()
	}
	if got := b.next(now.Add(-time.Hour), now); got != now {
		t.Error("a long run does not clear the slate")
	}
}

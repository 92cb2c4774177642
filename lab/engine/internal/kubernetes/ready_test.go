package kubernetes

import (
	"context"
	"strings"
	"testing"
)

func rollout(status obj, progressing, reason string) obj {
	status["conditions"] = []any{obj{"type": "Progressing", "status": progressing, "reason": reason, "message": "m"}}
	return obj{"metadata": obj{"generation": int64(2)}, "spec": obj{"replicas": int64(2)}, "status": status}
}

func TestDeploymentReady(t *testing.T) {
	counts := func(updated, available, total int64) obj {
		return obj{
			"observedGeneration": int64(2), "updatedReplicas": updated, "availableReplicas": available, "replicas": total,
		}
	}
	for _, c := range []struct {
		name, want string
		live       obj
	}{
		{"not seen", "controller", rollout(obj{"observedGeneration": int64(1)}, "True", "")},
		{"new pods missing", "new pods (1 of 2)", rollout(counts(1, 1, 2), "True", "ReplicaSetUpdated")},
		{"old pods left", "1 old pods", rollout(counts(2, 2, 3), "True", "ReplicaSetUpdated")},
		{"not available", "available (1 of 2)", rollout(counts(2, 1, 2), "True", "ReplicaSetUpdated")},
		{"ready", "", rollout(counts(2, 2, 2), "True", "NewReplicaSetAvailable")},
	} {
		got, err := deploymentReady(context.Background(), c.live)
		if err != nil || (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
	stuck := rollout(counts(1, 0, 1), "False", "ProgressDeadlineExceeded")
	if _, err := deploymentReady(context.Background(), stuck); err == nil {
		t.Error("a rollout past its deadline is no error")
	}
}

func TestPodReason(t *testing.T) {
	pod := obj{"metadata": obj{"name": "p"}, "status": obj{"containerStatuses": []any{
		obj{"name": "ok", "state": obj{"terminated": obj{"reason": "Completed"}}},
		obj{
			"name": "c", "state": obj{"waiting": obj{"reason": "CrashLoopBackOff", "message": "back-off"}},
			"lastState": obj{"terminated": obj{"reason": "Error", "exitCode": int64(3)}},
		},
	}}}
	got := strings.Join(podReason(pod), "")
	for _, want := range []string{"pod p", "c [CrashLoopBackOff] back-off", "exit code 3"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	if strings.Contains(got, "ok") {
		t.Errorf("%q blames a container that ended well", got)
	}
}

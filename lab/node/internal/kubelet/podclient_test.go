package kubelet

import (
	"encoding/json"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

// A status that is written replaces what a former agent wrote, and leaves the conditions of others.
func TestStatusPatch(t *testing.T) {
	before := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{UID: "u", Labels: map[string]string{"l": "1"}},
		Status: corev1.PodStatus{
			Reason: "Old", PodIP: "10.1.0.2", PodIPs: []corev1.PodIP{{IP: "10.1.0.2"}},
			Conditions: []corev1.PodCondition{
				{Type: corev1.PodReady, Status: "False", Reason: "ContainersNotReady", Message: "no"},
				{Type: "example.com/gate", Status: "True"},
			},
		},
	}
	now := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{UID: "u"},
		Status: corev1.PodStatus{
			PodIP: "10.1.0.7", PodIPs: []corev1.PodIP{{IP: "10.1.0.7"}},
			Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: "True"}},
		},
	}
	patch, err := statusPatch(now)
	if err != nil {
		t.Fatal(err)
	}
	original, _ := json.Marshal(before)
	patched, err := strategicpatch.StrategicMergePatch(original, patch, corev1.Pod{})
	if err != nil {
		t.Fatal(err)
	}
	after := &corev1.Pod{}
	if err := json.Unmarshal(patched, after); err != nil {
		t.Fatal(err)
	}
	s := after.Status
	if len(s.PodIPs) != 1 || s.PodIPs[0].IP != "10.1.0.7" || s.Reason != "" || after.Labels["l"] != "1" {
		t.Errorf("%+v", after)
	}
	if len(s.Conditions) != 2 || s.Conditions[0] != (corev1.PodCondition{Type: corev1.PodReady, Status: "True"}) {
		t.Errorf("conditions %+v", s.Conditions)
	}
}

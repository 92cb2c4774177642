package objects

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var (
	testNode = &Node{Name: "n", HostIP: "172.30.1.2", Allocatable: corev1.ResourceList{
		"cpu": resource.MustParse("2"), "memory": resource.MustParse("4Gi")}}
	testPod = &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{
			Name: "p", Namespace: "ns", UID: "u-1",
			Labels:      map[string]string{"app": "web", "a.b/c": `quo"ted`},
			Annotations: map[string]string{"note": "two\nlines"},
		},
		Spec: corev1.PodSpec{ServiceAccountName: "sa", Containers: []corev1.Container{{
			Name: "c", Resources: corev1.ResourceRequirements{
				Limits:   corev1.ResourceList{"cpu": resource.MustParse("1500m")},
				Requests: corev1.ResourceList{"memory": resource.MustParse("100Mi")},
			},
		}}},
		Status: corev1.PodStatus{PodIP: "10.1.0.2"},
	}
)

func TestField(t *testing.T) {
	for path, want := range map[string]string{
		"metadata.name": "p", "metadata.namespace": "ns", "metadata.uid": "u-1", "spec.nodeName": "n",
		"spec.serviceAccountName": "sa", "status.podIP": "10.1.0.2", "status.hostIP": "172.30.1.2",
		"metadata.labels['app']": "web", "metadata.labels['a.b/c']": `quo"ted`, "metadata.labels['none']": "",
		"metadata.labels":              "a.b/c=\"quo\\\"ted\"\napp=\"web\"",
		"metadata.annotations":         `note="two\nlines"`,
		"metadata.annotations['note']": "two\nlines",
	} {
		if got, err := Field(testPod, testNode, path); err != nil || got != want {
			t.Errorf("%s = %q, %v, want %q", path, got, err, want)
		}
	}
	if _, err := Field(testPod, testNode, "status.phase"); err == nil {
		t.Error("an unknown field is no error")
	}
}

func TestResource(t *testing.T) {
	for _, c := range []struct{ name, divisor, want string }{
		{"limits.cpu", "0", "2"}, {"limits.cpu", "1m", "1500"}, {"limits.memory", "1Gi", "4"},
		{"requests.memory", "1Mi", "100"}, {"requests.cpu", "1", "0"},
	} {
		ref := &corev1.ResourceFieldSelector{Resource: c.name, Divisor: resource.MustParse(c.divisor)}
		if got, err := Resource(testPod, testNode, &testPod.Spec.Containers[0], ref); err != nil || got != c.want {
			t.Errorf("%s/%s = %s, %v, want %s", c.name, c.divisor, got, err, c.want)
		}
	}
	if _, err := Resource(testPod, testNode, nil, &corev1.ResourceFieldSelector{ContainerName: "x"}); err == nil {
		t.Error("an unknown container is no error")
	}
}

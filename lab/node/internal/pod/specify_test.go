package pod

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"lab/node/internal/config"
	"lab/node/internal/env"
)

func TestCommand(t *testing.T) {
	image := &config.Image{Entrypoint: []string{"/bin/app"}, Cmd: []string{"--default"}}
	for _, c := range []struct{ command, args, want []string }{
		{nil, nil, []string{"/bin/app", "--default"}},
		{nil, []string{"$(A)"}, []string{"/bin/app", "1"}},
		{[]string{"sh"}, nil, []string{"sh"}},
		{[]string{"sh"}, []string{"-c", "$$(A) $(B)"}, []string{"sh", "-c", "$(A) $(B)"}},
	} {
		got := command(&corev1.Container{Command: c.command, Args: c.args}, image, env.Environment{"A": "1"})
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v %v: %v, want %v", c.command, c.args, got, c.want)
		}
	}
}

func TestIdentify(t *testing.T) {
	id, yes := func(n int64) *int64 { return &n }, true
	pod := &corev1.Pod{Spec: corev1.PodSpec{SecurityContext: &corev1.PodSecurityContext{
		RunAsUser: id(1), RunAsGroup: id(2), FSGroup: id(3), SupplementalGroups: []int64{4}, RunAsNonRoot: &yes}}}
	image := &config.Image{User: 1337}
	own := &corev1.Container{Name: "c", SecurityContext: &corev1.SecurityContext{RunAsUser: id(5),
		Capabilities: &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}, Add: []corev1.Capability{"CAP_NET_ADMIN"}}}}
	got, err := identify(pod, own, image)
	if err != nil || got.UID != 5 || got.GID != 2 || !reflect.DeepEqual(got.Groups, []int{4, 3}) ||
		!reflect.DeepEqual(got.Capabilities, []string{"NET_ADMIN"}) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, _ := identify(&corev1.Pod{}, &corev1.Container{}, image); got.UID != 1337 || got.GID != 1337 {
		t.Errorf("the image's user: %+v", got)
	}
	own.SecurityContext.RunAsUser = id(0)
	if _, err := identify(pod, own, image); err == nil || !strings.Contains(err.Error(), "runAsNonRoot") {
		t.Errorf("root although runAsNonRoot: %v", err)
	}
}

func TestVolumeSourceStaysInTheVolume(t *testing.T) {
	w, _, _, _ := testWorker(corev1.RestartPolicyAlways)
	w.volumes.Dir = t.TempDir()
	root := w.volumes.Path("v")
	if err := os.Mkdir(root, 0o755); err != nil {
		t.Fatal(err)
	}
	if path, _, err := w.volumeSource(&corev1.VolumeMount{Name: "v", SubPathExpr: "$(A)/b"}, env.Environment{"A": "a"}); err != nil ||
		path != filepath.Join(root, "a/b") {
		t.Errorf("%s, %v", path, err)
	}
	if err := os.Symlink("/etc", filepath.Join(root, "out")); err != nil {
		t.Fatal(err)
	}
	for _, sub := range []string{"..", "../x", "out", "out/none", "/etc", "a/../../x"} {
		if path, _, err := w.volumeSource(&corev1.VolumeMount{Name: "v", SubPath: sub}, nil); err == nil {
			t.Errorf("subPath %q is %s", sub, path)
		}
	}
}

func TestUnsupported(t *testing.T) {
	yes := true
	pod := &corev1.Pod{Spec: corev1.PodSpec{
		HostNetwork: true, ShareProcessNamespace: &yes,
		Volumes: []corev1.Volume{{Name: "v", VolumeSource: corev1.VolumeSource{HostPath: &corev1.HostPathVolumeSource{}}}},
	}}
	want := "This node does not support hostNetwork, shareProcessNamespace, volume v of kind hostPath"
	if got := unsupported(pod); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := unsupported(&corev1.Pod{}); got != "" {
		t.Errorf("an empty pod: %q", got)
	}
}

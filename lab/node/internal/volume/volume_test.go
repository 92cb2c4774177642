package volume

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
)

func content(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	result := map[string]string{}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), "..") {
			data, _ := os.ReadFile(filepath.Join(dir, entry.Name()))
			result[entry.Name()] = string(data)
		}
	}
	return result
}

func text(data string) File { return File{Data: []byte(data), Mode: 0o640} }

func TestWriteSwapsTheWholeContent(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "v")
	if changed, err := Write(dir, Payload{"a": text("1"), "b": text("2"), "deep/c": text("3")}, nil); !changed || err != nil {
		t.Fatal(changed, err)
	}
	first, _ := os.Readlink(filepath.Join(dir, "..data"))
	if data, _ := os.ReadFile(filepath.Join(dir, "deep/c")); string(data) != "3" {
		t.Errorf("deep/c: %q", data)
	}
	if info, _ := os.Stat(filepath.Join(dir, "a")); info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v", info.Mode())
	}
	if changed, _ := Write(dir, Payload{"a": text("1"), "b": text("2"), "deep/c": text("3")}, nil); changed {
		t.Error("the same content counts as a change")
	}
	if err := os.Mkdir(filepath.Join(dir, "mountpoint"), 0o755); err != nil {
		t.Fatal(err)
	}
	// A reader that holds the directory open keeps seeing old files only, whatever happens to the names.
	held, err := os.Open(filepath.Join(dir, "a"))
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	if changed, err := Write(dir, Payload{"a": text("new"), "d": text("4")}, nil); !changed || err != nil {
		t.Fatal(changed, err)
	}
	second, _ := os.Readlink(filepath.Join(dir, "..data"))
	if first == second {
		t.Error("..data has not been swapped")
	}
	if _, err := os.Stat(filepath.Join(dir, first)); !os.IsNotExist(err) {
		t.Error("the old content is left")
	}
	if got := content(t, dir); len(got) != 3 || got["a"] != "new" || got["d"] != "4" {
		t.Errorf("content %v", got)
	}
	data := make([]byte, 1)
	if held.Read(data); string(data) != "1" {
		t.Errorf("the open file changed: %q", data)
	}
}

func TestKeys(t *testing.T) {
	data := map[string][]byte{"a": []byte("1"), "b": []byte("2")}
	mode, own := int32(0o600), int32(0o400)
	payload, err := keys(data, []corev1.KeyToPath{{Key: "a", Path: "x/y", Mode: &own}, {Key: "b", Path: "z"}}, &mode, false, "secret s")
	if err != nil || payload["x/y"].Mode != 0o400 || payload["z"].Mode != 0o600 || len(payload) != 2 {
		t.Errorf("%v, %v", payload, err)
	}
	missing := []corev1.KeyToPath{{Key: "none", Path: "p"}}
	if _, err := keys(data, missing, nil, false, "secret s"); err == nil || !strings.Contains(err.Error(), "secret s: none") {
		t.Errorf("error %v", err)
	}
	if payload, err := keys(data, missing, nil, true, ""); err != nil || len(payload) != 0 {
		t.Errorf("optional: %v, %v", payload, err)
	}
	for _, path := range []string{"../up", "/abs", "..data"} {
		if _, err := keys(data, []corev1.KeyToPath{{Key: "a", Path: path}}, nil, false, ""); err == nil {
			t.Errorf("path %q is accepted", path)
		}
	}
}

func TestSoleUser(t *testing.T) {
	one, two := int64(1337), int64(1000)
	with := func(users ...*int64) *corev1.Pod {
		pod := &corev1.Pod{}
		for _, user := range users {
			pod.Spec.Containers = append(pod.Spec.Containers, corev1.Container{
				SecurityContext: &corev1.SecurityContext{RunAsUser: user}})
		}
		return pod
	}
	if got := soleUser(with(&one, &one)); got == nil || *got != one {
		t.Errorf("agreed: %v", got)
	}
	for name, pod := range map[string]*corev1.Pod{"differ": with(&one, &two), "unsaid": with(&one, nil)} {
		if got := soleUser(pod); got != nil {
			t.Errorf("%s: %v", name, *got)
		}
	}
}

func TestTokenRenewal(t *testing.T) {
	now := time.Now()
	for life, want := range map[time.Duration]time.Duration{
		time.Hour: 48 * time.Minute, 365 * 24 * time.Hour: 24 * time.Hour,
	} {
		if got := (&token{issued: now, expiry: now.Add(life)}).renewal().Sub(now); got != want {
			t.Errorf("life %v: renewed after %v, want %v", life, got, want)
		}
	}
}

func TestUnsupported(t *testing.T) {
	for want, source := range map[string]corev1.VolumeSource{
		"persistentVolumeClaim": {PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{}},
		"hostPath":              {HostPath: &corev1.HostPathVolumeSource{}},
		"projected clusterTrustBundle": {Projected: &corev1.ProjectedVolumeSource{Sources: []corev1.VolumeProjection{
			{ClusterTrustBundle: &corev1.ClusterTrustBundleProjection{}}}}},
		"": {Projected: &corev1.ProjectedVolumeSource{Sources: []corev1.VolumeProjection{{Secret: &corev1.SecretProjection{}}}}},
	} {
		if got := Unsupported(&corev1.Volume{VolumeSource: source}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

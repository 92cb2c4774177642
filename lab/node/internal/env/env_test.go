package env

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"

	"lab/node/internal/objects"
)

func TestExpand(t *testing.T) {
	known := Environment{"A": "1", "EMPTY": ""}
	for text, want := range map[string]string{
		"$(A)": "1", "x$(A)y$(A)": "x1y1", "$$(A)": "$(A)", "$$$(A)": "$1", "$(NONE)": "$(NONE)", "[$(EMPTY)]": "[]",
		"$A": "$A", "$": "$", "$(A": "$(A", "a$": "a$", "": "", "$()": "$()",
	} {
		if got := Expand(text, known.Lookup); got != want {
			t.Errorf("Expand(%q) = %q, want %q", text, got, want)
		}
	}
}

func builder(t *testing.T, contents ...any) *Builder {
	t.Helper()
	indexer := func() cache.Indexer {
		return cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc})
	}
	secrets, configMaps, services := indexer(), indexer(), indexer()
	for _, object := range contents {
		switch object.(type) {
		case *corev1.Secret:
			secrets.Add(object)
		case *corev1.ConfigMap:
			configMaps.Add(object)
		case *corev1.Service:
			services.Add(object)
		}
	}
	return &Builder{
		Objects: &objects.Objects{
			Secrets:    listers.NewSecretLister(secrets),
			ConfigMaps: listers.NewConfigMapLister(configMaps),
			Services:   listers.NewServiceLister(services),
		},
		Node: &objects.Node{Name: "n"},
	}
}

func meta(name string) metav1.ObjectMeta { return metav1.ObjectMeta{Namespace: "ns", Name: name} }

func TestBuild(t *testing.T) {
	b := builder(t,
		&corev1.Secret{ObjectMeta: meta("s"), Data: map[string][]byte{"key": []byte("secret")}},
		&corev1.ConfigMap{ObjectMeta: meta("m"), Data: map[string]string{"A": "from map", "B": "b"}},
		&corev1.Service{ObjectMeta: meta("my-svc"), Spec: corev1.ServiceSpec{ClusterIP: "10.101.0.9",
			Ports: []corev1.ServicePort{{Name: "http-web", Port: 80, Protocol: "TCP"}}}},
		&corev1.Service{ObjectMeta: meta("headless"), Spec: corev1.ServiceSpec{ClusterIP: "None"}},
	)
	yes := true
	container := &corev1.Container{
		Name: "c",
		EnvFrom: []corev1.EnvFromSource{
			{Prefix: "P_", ConfigMapRef: &corev1.ConfigMapEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: "m"}}},
			{SecretRef: &corev1.SecretEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: "none"}, Optional: &yes}},
		},
		Env: []corev1.EnvVar{
			{Name: "A", Value: "own $(P_B) $(LATER)"},
			{Name: "LATER", Value: "x"},
			{Name: "POD", ValueFrom: &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: "metadata.name"}}},
			{Name: "KEY", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{
				LocalObjectReference: corev1.LocalObjectReference{Name: "s"}, Key: "key"}}},
			{Name: "GONE", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{
				LocalObjectReference: corev1.LocalObjectReference{Name: "s"}, Key: "none", Optional: &yes}}},
			{Name: "URL", Value: "http://$(MY_SVC_SERVICE_HOST):$(MY_SVC_SERVICE_PORT_HTTP_WEB)"},
			{Name: "IMAGE", Value: "overridden"},
		},
	}
	pod := &corev1.Pod{ObjectMeta: meta("p")}
	got, err := b.Build(pod, container, Environment{"IMAGE": "i", "PATH": "/bin"})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"A": "own b $(LATER)", "P_A": "from map", "POD": "p", "KEY": "secret", "URL": "http://10.101.0.9:80",
		"IMAGE": "overridden", "PATH": "/bin", "MY_SVC_PORT_80_TCP_ADDR": "10.101.0.9",
	} {
		if got[name] != want {
			t.Errorf("%s = %q, want %q", name, got[name], want)
		}
	}
	for _, name := range []string{"GONE", "HEADLESS_SERVICE_HOST"} {
		if _, present := got[name]; present {
			t.Errorf("%s is set", name)
		}
	}
	no := false
	pod.Spec.EnableServiceLinks = &no
	if got, _ := b.Build(pod, container, nil); got["MY_SVC_SERVICE_HOST"] != "" {
		t.Error("service links although switched off")
	}
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	b := builder(t, &corev1.Secret{ObjectMeta: meta("s")})
	for name, want := range map[string]string{"s": "couldn't find key k in Secret ns/s", "t": `secret "t" not found`} {
		_, err := b.Build(&corev1.Pod{ObjectMeta: meta("p")}, &corev1.Container{Env: []corev1.EnvVar{
			{Name: "X", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{
				LocalObjectReference: corev1.LocalObjectReference{Name: name}, Key: "k"}}}}}, nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

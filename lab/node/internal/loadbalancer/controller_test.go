package loadbalancer

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/record"
)

func balancer(name, has, wants string) *corev1.Service {
	service := &corev1.Service{
		ObjectMeta: metav1.ObjectMeta{Namespace: "ns", Name: name},
		Spec:       corev1.ServiceSpec{Type: corev1.ServiceTypeLoadBalancer, LoadBalancerIP: wants},
	}
	if has != "" {
		service.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: has}}
		service.Finalizers = []string{finalizer}
	}
	return service
}

func TestController(t *testing.T) {
	other := "example.com/other"
	foreign := balancer("foreign", "", "")
	foreign.Spec.LoadBalancerClass = &other
	leaving := balancer("leaving", "203.0.113.66", "")
	leaving.Spec.Type = corev1.ServiceTypeClusterIP
	client := fake.NewClientset(
		balancer("fresh", "", ""), balancer("known", "203.0.113.64", ""), balancer("picky", "", "203.0.113.67"),
		balancer("greedy", "", "203.0.113.64"), foreign, leaving,
	)
	events := record.NewFakeRecorder(100)
	c, err := New(client, "203.0.113.64/29", events, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		c.Run(ctx)
		close(done)
	}()
	defer func() {
		cancel()
		<-done
	}()
	for name, want := range map[string]string{
		"fresh": "203.0.113.65", "known": "203.0.113.64", "picky": "203.0.113.67", "greedy": "", "foreign": "", "leaving": "",
	} {
		wait(t, client, name, func(s *corev1.Service) bool {
			address := ""
			if ingress := s.Status.LoadBalancer.Ingress; len(ingress) > 0 {
				address = ingress[0].IP
			}
			return address == want && (want == "") != slices.Contains(s.Finalizers, finalizer)
		})
	}
	if event := <-events.Events; event == "" {
		t.Error("no event")
	}
}

func wait(t *testing.T, client *fake.Clientset, name string, holds func(*corev1.Service) bool) {
	t.Helper()
	var service *corev1.Service
	for range 200 {
		var err error
		if service, err = client.CoreV1().Services("ns").Get(t.Context(), name, metav1.GetOptions{}); err != nil {
			t.Fatal(err)
		}
		if holds(service) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%s: %v, finalizers %v", name, service.Status.LoadBalancer, service.Finalizers)
}

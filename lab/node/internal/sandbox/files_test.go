package sandbox

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var dns = DNS{Server: "10.101.0.10", Domain: "cluster.local"}

func pod(spec corev1.PodSpec) *corev1.Pod {
	return &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "ns", Name: "web-0"}, Spec: spec}
}

func TestResolvConf(t *testing.T) {
	two := "2"
	for name, c := range map[string]struct {
		spec corev1.PodSpec
		want string
	}{
		"cluster first": {corev1.PodSpec{DNSPolicy: corev1.DNSClusterFirst},
			"search ns.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.101.0.10\noptions ndots:5\n"},
		"merged": {corev1.PodSpec{DNSConfig: &corev1.PodDNSConfig{
			Nameservers: []string{"192.0.2.1"}, Searches: []string{"x.test"},
			Options: []corev1.PodDNSConfigOption{{Name: "ndots", Value: &two}, {Name: "edns0"}}}},
			"search ns.svc.cluster.local svc.cluster.local cluster.local x.test\n" +
				"nameserver 10.101.0.10\nnameserver 192.0.2.1\noptions ndots:2 edns0\n"},
		"none": {corev1.PodSpec{DNSPolicy: corev1.DNSNone, DNSConfig: &corev1.PodDNSConfig{
			Nameservers: []string{"192.0.2.1"}}}, "nameserver 192.0.2.1\n"},
	} {
		if got, err := resolvConf(pod(c.spec), dns); err != nil || got != c.want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestHosts(t *testing.T) {
	text := hosts(pod(corev1.PodSpec{
		Subdomain:   "nodes",
		HostAliases: []corev1.HostAlias{{IP: "192.0.2.7", Hostnames: []string{"a.test", "b.test"}}},
	}), "10.1.0.2", "cluster.local")
	for _, want := range []string{
		"10.1.0.2\tweb-0.nodes.ns.svc.cluster.local\tweb-0\n", "192.0.2.7\ta.test\tb.test\n", "127.0.0.1\tlocalhost\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %q", want, text)
		}
	}
}

func TestHostname(t *testing.T) {
	long := pod(corev1.PodSpec{})
	long.Name = strings.Repeat("a", 62) + "-bcd"
	if got := Hostname(long); got != strings.Repeat("a", 62) {
		t.Errorf("hostname %q", got)
	}
}

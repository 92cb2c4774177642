package sandbox

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// DNS is what pods are told about the cluster's name service.
type DNS struct {
	Server, Domain string
}

// Hostname of a pod.
func Hostname(pod *corev1.Pod) string {
	name := pod.Spec.Hostname
	if name == "" {
		name = pod.Name
	}
	// The kernel takes 64 bytes; the same cut as the kubelet's.
	return strings.TrimRight(name[:min(len(name), 63)], "-.")
}

// WriteFiles writes hosts, hostname and resolv.conf of a pod into dir.
func WriteFiles(dir string, pod *corev1.Pod, address string, dns DNS) error {
	resolv, err := resolvConf(pod, dns)
	if err != nil {
		return err
	}
	for name, content := range map[string]string{
		"hosts":       hosts(pod, address, dns.Domain),
		"hostname":    Hostname(pod) + "\n",
		"resolv.conf": resolv,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func hosts(pod *corev1.Pod, address, domain string) string {
	var text strings.Builder
	text.WriteString("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n" +
		"::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\n" +
		"fe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n")
	if name := Hostname(pod); pod.Spec.Subdomain != "" {
		fmt.Fprintf(&text, "%s\t%s.%s.%s.svc.%s\t%s\n", address, name, pod.Spec.Subdomain, pod.Namespace, domain, name)
	} else {
		fmt.Fprintf(&text, "%s\t%s\n", address, name)
	}
	if len(pod.Spec.HostAliases) > 0 {
		text.WriteString("\n# Entries added by HostAliases.\n")
	}
	for _, alias := range pod.Spec.HostAliases {
		fmt.Fprintf(&text, "%s\t%s\n", alias.IP, strings.Join(alias.Hostnames, "\t"))
	}
	return text.String()
}

func resolvConf(pod *corev1.Pod, dns DNS) (string, error) {
	var servers, searches, options []string
	switch policy := pod.Spec.DNSPolicy; policy {
	case corev1.DNSNone:
	case corev1.DNSDefault:
		data, err := os.ReadFile("/etc/resolv.conf")
		if err != nil {
			return "", err
		}
		servers, searches, options = parseResolvConf(string(data))
	default:
		servers = []string{dns.Server}
		searches = []string{pod.Namespace + ".svc." + dns.Domain, "svc." + dns.Domain, dns.Domain}
		options = []string{"ndots:5"}
	}
	if config := pod.Spec.DNSConfig; config != nil {
		servers = append(servers, config.Nameservers...)
		searches = append(searches, config.Searches...)
		for _, option := range config.Options {
			options = replaceOption(options, option)
		}
	}
	var text strings.Builder
	if len(searches) > 0 {
		fmt.Fprintf(&text, "search %s\n", strings.Join(searches, " "))
	}
	for _, server := range servers {
		fmt.Fprintf(&text, "nameserver %s\n", server)
	}
	if len(options) > 0 {
		fmt.Fprintf(&text, "options %s\n", strings.Join(options, " "))
	}
	return text.String(), nil
}

func parseResolvConf(text string) (servers, searches, options []string) {
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		switch fields[0] {
		case "nameserver":
			servers = append(servers, fields[1])
		case "search":
			searches = fields[1:]
		case "options":
			options = fields[1:]
		}
	}
	return servers, searches, options
}

// replaceOption adds an option of the pod's, which wins over one of the same name.
func replaceOption(options []string, added corev1.PodDNSConfigOption) []string {
	var kept []string
	for _, option := range options {
		if name, _, _ := strings.Cut(option, ":"); name != added.Name {
			kept = append(kept, option)
		}
	}
	if added.Value != nil {
		return append(kept, added.Name+":"+*added.Value)
	}
	return append(kept, added.Name)
}

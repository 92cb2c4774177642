// Package sandbox makes what the containers of a pod share: the network namespace, and the files that name
// the pod and its name servers.
package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// namespaceDir is where ip(8) keeps named network namespaces.
const namespaceDir = "/run/netns"

// Network makes and removes network namespaces, each joined to the node's by a link of its own. There is no
// bridge: every packet is routed by the node, and so seen by its firewall and service proxy.
type Network struct {
	pool   *Pool
	prefix string
}

// NewNetwork returns the network of a node, in the network namespace of the calling process.
func NewNetwork(node, podCIDR string) (*Network, error) {
	pool, err := NewPool(podCIDR)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0); err != nil {
		return nil, err
	}
	n := &Network{pool, node + "."}
	return n, n.removeLeftovers()
}

// Sandbox is a pod's network namespace.
type Sandbox struct {
	Name    string
	Address netip.Addr
	link    string
}

// Path of the namespace.
func (s *Sandbox) Path() string { return filepath.Join(namespaceDir, s.Name) }

// Create makes the namespace of a pod.
func (n *Network) Create(pod, uid string) (*Sandbox, error) {
	address, err := n.pool.Take()
	if err != nil {
		return nil, err
	}
	short := strings.ReplaceAll(uid, "-", "")[:11]
	s := &Sandbox{n.prefix + pod[:min(len(pod), 80)] + "." + short, address, "veth" + short}
	if err := n.setUp(s); err != nil {
		return nil, errors.Join(err, n.Remove(s))
	}
	return s, nil
}

func (n *Network) setUp(s *Sandbox) error {
	gateway := n.pool.Gateway()
	if err := ip(nil, "netns", "add", s.Name); err != nil {
		return err
	}
	// The name "eth0" is what programs in pods look for.
	if err := ip([]string{
		fmt.Sprintf("link add %s type veth peer name eth0 netns %s", s.link, s.Name),
		fmt.Sprintf("address add %s/32 dev %s", gateway, s.link),
		fmt.Sprintf("link set %s up", s.link),
		fmt.Sprintf("route add %s/32 dev %s src %s", s.Address, s.link, gateway),
	}); err != nil {
		return err
	}
	if err := ip([]string{
		"link set lo up",
		fmt.Sprintf("address add %s/32 dev eth0", s.Address),
		"link set eth0 up",
		fmt.Sprintf("route add %s dev eth0 scope link", gateway),
		fmt.Sprintf("route add default via %s dev eth0", gateway),
	}, "-netns", s.Name); err != nil {
		return err
	}
	// As in other runtimes: gateways listen on 443 without being root.
	return Do(s.Path(), func() error {
		return os.WriteFile("/proc/sys/net/ipv4/ip_unprivileged_port_start", []byte("0"), 0)
	})
}

// Remove removes a namespace, and gives its address back.
func (n *Network) Remove(s *Sandbox) error {
	var problems []error
	if _, err := os.Stat("/sys/class/net/" + s.link); err == nil || !os.IsNotExist(err) {
		problems = append(problems, ip(nil, "link", "delete", s.link))
	}
	if _, err := os.Stat(s.Path()); err == nil {
		problems = append(problems, ip(nil, "netns", "delete", s.Name))
	}
	n.pool.Release(s.Address)
	return errors.Join(problems...)
}

// removeLeftovers removes the namespaces of a former agent of this node that was killed; their links go along.
func (n *Network) removeLeftovers() error {
	entries, err := os.ReadDir(namespaceDir)
	if os.IsNotExist(err) {
		return nil
	}
	var problems []error
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), n.prefix) {
			problems = append(problems, ip(nil, "netns", "delete", entry.Name()))
		}
	}
	return errors.Join(append(problems, err)...)
}

// ip runs ip(8), with a batch of commands if there is one.
func ip(batch []string, args ...string) error {
	if batch != nil {
		args = append(args, "-batch", "-")
	}
	cmd := exec.Command("ip", args...)
	cmd.Stdin = strings.NewReader(strings.Join(batch, "\n") + "\n")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("ip %s: %w: %s", strings.Join(args, " "), err, strings.TrimSpace(stderr.String()))
	}
	return nil
}

// Package config reads the agent's settings.
package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

// Image says which host programs stand for a container image.
type Image struct {
	// Match is the path of the image without registry, tag and digest, or its last component.
	Match string `json:"match"`
	// Entrypoint, Cmd, Env, User and WorkingDir are what an image's own configuration would say.
	Entrypoint []string          `json:"entrypoint"`
	Cmd        []string          `json:"cmd"`
	Env        map[string]string `json:"env"`
	User       int64             `json:"user"`
	WorkingDir string            `json:"workingDir"`
	// Files are mounted read-only: path in the container to path on the host.
	Files map[string]string `json:"files"`
}

// Config is the agent's configuration file.
type Config struct {
	NodeName         string  `json:"nodeName"`
	Kubeconfig       string  `json:"kubeconfig"`
	InternalIP       string  `json:"internalIP"`
	ExternalIP       string  `json:"externalIP"`
	PodCIDR          string  `json:"podCIDR"`
	ClusterDNS       string  `json:"clusterDNS"`
	ClusterDomain    string  `json:"clusterDomain"`
	LoadBalancerCIDR string  `json:"loadBalancerCIDR"`
	KubeletPort      int32   `json:"kubeletPort"`
	ServingCert      string  `json:"servingCert"`
	ServingKey       string  `json:"servingKey"`
	ClientCA         string  `json:"clientCA"`
	WorkDir          string  `json:"workDir"`
	LogDir           string  `json:"logDir"`
	Images           []Image `json:"images"`
	// Capacity overrides what the node offers to the scheduler; by default the machine's own.
	Capacity map[string]string `json:"capacity"`
	// Verbose logs what the libraries do, too.
	Verbose bool `json:"verbose"`
}

// Load reads and checks the file at path.
func Load(path string) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	c := &Config{ClusterDomain: "cluster.local", KubeletPort: 10250}
	if err := decoder.Decode(c); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

func (c *Config) check() error {
	for key, value := range map[string]string{
		"nodeName": c.NodeName, "kubeconfig": c.Kubeconfig, "internalIP": c.InternalIP, "podCIDR": c.PodCIDR,
		"servingCert": c.ServingCert, "servingKey": c.ServingKey, "clientCA": c.ClientCA,
		"workDir": c.WorkDir, "logDir": c.LogDir,
	} {
		if value == "" {
			return fmt.Errorf("%s is missing", key)
		}
	}
	for key, value := range map[string]string{"podCIDR": c.PodCIDR, "loadBalancerCIDR": c.LoadBalancerCIDR} {
		if value == "" {
			continue
		}
		if prefix, err := netip.ParsePrefix(value); err != nil || !prefix.Addr().Is4() {
			return fmt.Errorf("%s: %q is no IPv4 range such as 10.1.0.0/24", key, value)
		}
	}
	for name, value := range c.Capacity {
		if _, err := resource.ParseQuantity(value); err != nil {
			return fmt.Errorf("capacity: %s: %q is no quantity", name, value)
		}
	}
	// The directories are handed to processes with another working directory.
	for _, dir := range []*string{&c.WorkDir, &c.LogDir} {
		absolute, err := filepath.Abs(*dir)
		if err != nil {
			return err
		}
		*dir = absolute
	}
	return nil
}

// Resources are the node's capacity: the machine's, unless configured.
func (c *Config) Resources() map[string]resource.Quantity {
	resources := map[string]resource.Quantity{
		"cpu":               *resource.NewQuantity(int64(runtime.NumCPU()), resource.DecimalSI),
		"memory":            *resource.NewQuantity(memoryBytes(), resource.BinarySI),
		"pods":              resource.MustParse("110"),
		"ephemeral-storage": resource.MustParse("10Gi"),
	}
	for name, value := range c.Capacity {
		resources[name] = resource.MustParse(value)
	}
	return resources
}

func memoryBytes() int64 {
	data, _ := os.ReadFile("/proc/meminfo")
	for line := range strings.Lines(string(data)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "MemTotal:" {
			kib, _ := strconv.ParseInt(fields[1], 10, 64)
			return kib << 10
		}
	}
	return 4 << 30
}

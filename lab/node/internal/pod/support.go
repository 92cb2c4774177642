package pod

import (
	"fmt"
	"path/filepath"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"lab/node/internal/container"
	"lab/node/internal/volume"
)

// unsupported says what a pod asks for that this node does not have, or nothing.
func unsupported(pod *corev1.Pod) string {
	var missing []string
	ask := func(asked bool, what string) {
		if asked {
			missing = append(missing, what)
		}
	}
	spec := &pod.Spec
	ask(spec.HostNetwork, "hostNetwork")
	ask(spec.HostPID, "hostPID")
	ask(spec.HostIPC, "hostIPC")
	ask(isTrue(spec.ShareProcessNamespace), "shareProcessNamespace")
	ask(spec.HostUsers != nil && !*spec.HostUsers, "hostUsers: false")
	ask(len(spec.ResourceClaims) > 0, "resourceClaims")
	ask(spec.OS != nil && spec.OS.Name != corev1.Linux, "an operating system other than linux")
	for i := range spec.Volumes {
		kind := volume.Unsupported(&spec.Volumes[i])
		ask(kind != "", fmt.Sprintf("volume %s of kind %s", spec.Volumes[i].Name, kind))
	}
	if spec.SecurityContext != nil {
		for _, sysctl := range spec.SecurityContext.Sysctls {
			ask(!strings.HasPrefix(sysctl.Name, "net."), "sysctl "+sysctl.Name)
		}
	}
	for _, list := range [][]corev1.Container{spec.InitContainers, spec.Containers} {
		for i := range list {
			c := &list[i]
			for _, port := range c.Ports {
				ask(port.HostPort != 0, fmt.Sprintf("hostPort %d of container %s", port.HostPort, c.Name))
			}
			ask(len(c.VolumeDevices) > 0, "volumeDevices of container "+c.Name)
			if c.SecurityContext != nil && c.SecurityContext.Capabilities != nil {
				_, err := container.Capabilities(names(c.SecurityContext.Capabilities.Add), nil, false)
				ask(err != nil, fmt.Sprintf("container %s: %v", c.Name, err))
			}
		}
	}
	if len(missing) == 0 {
		return ""
	}
	return "This node does not support " + strings.Join(missing, ", ")
}

// sysctlPath is the file of a setting such as net.ipv4.ip_forward.
func sysctlPath(name string) string {
	return filepath.Join("/proc/sys", filepath.Clean("/"+strings.ReplaceAll(name, ".", "/")))
}

// Package kubelet is what the cluster sees of the agent: the node, its pods, and the kubelet's API.
package kubelet

import (
	"runtime"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"lab/node/internal/config"
)

// version tells clients what the agent behaves like.
const version = "v1.35.0-lab"

// describe returns the node as it is registered.
func describe(c *config.Config) *corev1.Node {
	resources := corev1.ResourceList{}
	for name, quantity := range c.Resources() {
		resources[corev1.ResourceName(name)] = quantity
	}
	addresses := []corev1.NodeAddress{
		{Type: corev1.NodeInternalIP, Address: c.InternalIP},
		{Type: corev1.NodeHostName, Address: c.NodeName},
	}
	if c.ExternalIP != "" {
		addresses = append(addresses, corev1.NodeAddress{Type: corev1.NodeExternalIP, Address: c.ExternalIP})
	}
	node := &corev1.Node{
		ObjectMeta: metav1.ObjectMeta{
			Name: c.NodeName,
			Labels: map[string]string{
				corev1.LabelHostname:   c.NodeName,
				corev1.LabelOSStable:   runtime.GOOS,
				corev1.LabelArchStable: runtime.GOARCH,
			},
		},
		Spec: corev1.NodeSpec{PodCIDR: c.PodCIDR, PodCIDRs: []string{c.PodCIDR}},
		Status: corev1.NodeStatus{
			Capacity: resources, Allocatable: resources.DeepCopy(), Addresses: addresses,
			DaemonEndpoints: corev1.NodeDaemonEndpoints{KubeletEndpoint: corev1.DaemonEndpoint{Port: c.KubeletPort}},
			NodeInfo: corev1.NodeSystemInfo{
				OperatingSystem: runtime.GOOS, Architecture: runtime.GOARCH, KubeletVersion: version,
				ContainerRuntimeVersion: "lab://1",
			},
		},
	}
	ready := corev1.NodeCondition{
		Type: corev1.NodeReady, Status: corev1.ConditionTrue, Reason: "KubeletReady", Message: "the agent is ready",
	}
	node.Status.Conditions = []corev1.NodeCondition{ready}
	for kind, reason := range map[corev1.NodeConditionType]string{
		corev1.NodeMemoryPressure: "KubeletHasSufficientMemory", corev1.NodeDiskPressure: "KubeletHasNoDiskPressure",
		corev1.NodePIDPressure: "KubeletHasSufficientPID", corev1.NodeNetworkUnavailable: "RouteCreated",
	} {
		node.Status.Conditions = append(node.Status.Conditions,
			corev1.NodeCondition{Type: kind, Status: corev1.ConditionFalse, Reason: reason})
	}
	now := metav1.Now()
	for i := range node.Status.Conditions {
		node.Status.Conditions[i].LastHeartbeatTime, node.Status.Conditions[i].LastTransitionTime = now, now
	}
	return node
}

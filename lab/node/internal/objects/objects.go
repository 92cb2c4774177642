// Package objects reads what pods refer to in the cluster.
package objects

import (
	"fmt"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes"
	listers "k8s.io/client-go/listers/core/v1"
)

// Objects gives access to the objects of the cluster, through watched copies where they are read often.
type Objects struct {
	Client     kubernetes.Interface
	ConfigMaps listers.ConfigMapLister
	Secrets    listers.SecretLister
	Services   listers.ServiceLister
}

// Node is what pods may learn of their node.
type Node struct {
	Name, HostIP string
	Allocatable  corev1.ResourceList
}

// Field returns the value of a fieldRef.
func Field(pod *corev1.Pod, node *Node, path string) (string, error) {
	if path, key, ok := subscript(path); ok {
		switch path {
		case "metadata.labels":
			return pod.Labels[key], nil
		case "metadata.annotations":
			return pod.Annotations[key], nil
		}
	}
	switch path {
	case "metadata.name":
		return pod.Name, nil
	case "metadata.namespace":
		return pod.Namespace, nil
	case "metadata.uid":
		return string(pod.UID), nil
	case "metadata.labels":
		return formatMap(pod.Labels), nil
	case "metadata.annotations":
		return formatMap(pod.Annotations), nil
	case "spec.nodeName":
		return node.Name, nil
	case "spec.serviceAccountName":
		return pod.Spec.ServiceAccountName, nil
	case "status.hostIP", "status.hostIPs":
		return node.HostIP, nil
	case "status.podIP", "status.podIPs":
		return pod.Status.PodIP, nil
	}
	return "", fmt.Errorf("unsupported fieldPath %q", path)
}

// subscript splits metadata.labels['key'].
func subscript(path string) (field, key string, ok bool) {
	field, rest, found := strings.Cut(path, "['")
	key, closed := strings.CutSuffix(rest, "']")
	return field, key, found && closed
}

// formatMap writes labels or annotations as the downward API does.
func formatMap(values map[string]string) string {
	lines := make([]string, 0, len(values))
	for _, key := range sortedKeys(values) {
		lines = append(lines, key+"="+strconv.Quote(values[key]))
	}
	return strings.Join(lines, "\n")
}

package kubernetes

import (
	"context"
	"fmt"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

var (
	pods           = schema.GroupVersionResource{Version: "v1", Resource: "pods"}
	endpointSlices = schema.GroupVersionResource{Group: "discovery.k8s.io", Version: "v1", Resource: "endpointslices"}
)

// readiness is what a kind is waited for after creation and update; most kinds are ready when they exist.
func (c *cluster) readiness(k kind) condition {
	switch k.Resource {
	case "deployments":
		return deploymentReady
	case "services":
		return c.serviceReady
	case "pods":
		return podReady
	default:
		return func(context.Context, map[string]any) (string, error) { return "", nil }
	}
}

// deploymentReady follows a rollout to its end: seen by the controller, all pods new, all available, none of the old left.
func deploymentReady(_ context.Context, live map[string]any) (string, error) {
	generation, _ := numberAt(live, "metadata", "generation")
	if observed, ok := numberAt(live, "status", "observedGeneration"); !ok || observed < generation {
		return "waiting for the deployment controller", nil
	}
	if c := conditionOf(live, "Progressing"); c != nil && c["status"] == "False" {
		return "", fmt.Errorf("[%s] %s", textAt(c, "reason"), textAt(c, "message"))
	}
	wanted, ok := numberAt(live, "spec", "replicas")
	if !ok {
		wanted = 1
	}
	updated, _ := numberAt(live, "status", "updatedReplicas")
	available, _ := numberAt(live, "status", "availableReplicas")
	total, _ := numberAt(live, "status", "replicas")
	rolled := conditionOf(live, "Progressing")
	switch {
	case updated < wanted:
		return fmt.Sprintf("waiting for new pods (%d of %d)", updated, wanted), nil
	case total > updated:
		return fmt.Sprintf("waiting for %d old pods to end", total-updated), nil
	case available < updated:
		return fmt.Sprintf("waiting for pods to be available (%d of %d)", available, wanted), nil
	case rolled != nil && textAt(rolled, "reason") != "NewReplicaSetAvailable" && at(live, "spec", "paused") != true:
		return "waiting for the rollout to complete", nil
	}
	return "", nil
}

// serviceReady waits for a pod to send traffic to and, of a load balancer, for its address.
func (c *cluster) serviceReady(ctx context.Context, live map[string]any) (string, error) {
	name, namespace := textAt(live, "metadata", "name"), textAt(live, "metadata", "namespace")
	typ := textAt(live, "spec", "type")
	selector, _ := at(live, "spec", "selector").(map[string]any)
	if typ != "ExternalName" && len(selector) > 0 && textAt(live, "spec", "clusterIP") != "None" {
		slices, err := c.resource(endpointSlices, namespace).List(ctx, metav1.ListOptions{
			LabelSelector: "kubernetes.io/service-name=" + name,
		})
		if err != nil {
			return "waiting for the service's endpoints", nil
		}
		ready := 0
		for _, slice := range slices.Items {
			ready += readyEndpoints(slice.Object)
		}
		if ready == 0 {
			return "waiting for ready pods that match the selector", nil
		}
	}
	if typ == "LoadBalancer" {
		if ingress, ok := at(live, "status", "loadBalancer", "ingress").([]any); !ok || len(ingress) == 0 {
			return "waiting for the load balancer's address", nil
		}
	}
	return "", nil
}

func readyEndpoints(slice map[string]any) int {
	endpoints, _ := slice["endpoints"].([]any)
	ready := 0
	for _, e := range endpoints {
		// Unset means ready, by the API's definition.
		if m, ok := e.(map[string]any); ok && at(m, "conditions", "ready") != false {
			ready++
		}
	}
	return ready
}

func podReady(_ context.Context, live map[string]any) (string, error) {
	switch textAt(live, "status", "phase") {
	case "Succeeded":
		return "", nil
	case "Failed":
		return "", fmt.Errorf("the pod failed: %s %s", textAt(live, "status", "reason"), textAt(live, "status", "message"))
	}
	if c := conditionOf(live, "Ready"); c != nil && c["status"] == "True" {
		return "", nil
	}
	return "waiting for the pod to be ready", nil
}

func conditionOf(live map[string]any, typ string) map[string]any {
	conditions, _ := at(live, "status", "conditions").([]any)
	for _, c := range conditions {
		if m, ok := c.(map[string]any); ok && m["type"] == typ {
			return m
		}
	}
	return nil
}

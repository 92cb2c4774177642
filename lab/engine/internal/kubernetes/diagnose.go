package kubernetes

import (
	"context"
	"fmt"
	"sort"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// podReasons says of each pod of a Deployment or a Service, or of the pod itself, why it is not ready.
func (c *cluster) podReasons(ctx context.Context, k kind, obj map[string]any) []string {
	var selector string
	switch k.Resource {
	case "deployments":
		selector = selectorOf(at(obj, "spec", "selector", "matchLabels"))
	case "services":
		selector = selectorOf(at(obj, "spec", "selector"))
	case "pods":
		return podReason(obj)
	}
	if selector == "" {
		return nil
	}
	list, err := c.resource(pods, textAt(obj, "metadata", "namespace")).List(ctx, metav1.ListOptions{LabelSelector: selector})
	if err != nil {
		return []string{fmt.Sprintf("its pods could not be listed: %v", err)}
	}
	if len(list.Items) == 0 {
		return []string{"no pod matches " + selector}
	}
	var out []string
	for _, pod := range list.Items {
		out = append(out, podReason(pod.Object)...)
	}
	sort.Strings(out)
	return out
}

func selectorOf(v any) string {
	m, _ := v.(map[string]any)
	set := labels.Set{}
	for key, one := range m {
		set[key] = fmt.Sprint(one)
	}
	return set.String()
}

// podReason names what stops a pod: its scheduling, a container's state, or its own message.
func podReason(pod map[string]any) []string {
	name := textAt(pod, "metadata", "name")
	var why []string
	for _, typ := range []string{"PodScheduled", "Initialized", "ContainersReady"} {
		if c := conditionOf(pod, typ); c != nil && c["status"] == "False" && textAt(c, "message") != "" {
			why = append(why, textAt(c, "message"))
			break
		}
	}
	for _, list := range []string{"initContainerStatuses", "containerStatuses"} {
		statuses, _ := at(pod, "status", list).([]any)
		for _, s := range statuses {
			if m, ok := s.(map[string]any); ok {
				why = append(why, containerReason(m)...)
			}
		}
	}
	if len(why) == 0 && textAt(pod, "status", "message") != "" {
		why = append(why, textAt(pod, "status", "message"))
	}
	if len(why) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("pod %s: %s", name, strings.Join(why, "; "))}
}

func containerReason(status map[string]any) []string {
	var out []string
	for _, path := range [][]string{{"state", "waiting"}, {"state", "terminated"}, {"lastState", "terminated"}} {
		state, ok := at(status, path...).(map[string]any)
		if !ok || textAt(state, "reason") == "Completed" {
			continue
		}
		text := fmt.Sprintf("container %s [%s]", textAt(status, "name"), textAt(state, "reason"))
		if message := textAt(state, "message"); message != "" {
			text += " " + message
		}
		if code, ok := numberAt(state, "exitCode"); ok {
			text += fmt.Sprintf(" exit code %d", code)
		}
		out = append(out, text)
	}
	return out
}

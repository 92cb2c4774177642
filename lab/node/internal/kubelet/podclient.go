package kubelet

import (
	"context"
	"encoding/json"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
)

// API changes pods in the cluster, for their workers.
type API struct {
	Client corev1client.PodsGetter
}

// PatchStatus writes the status alone: labels, annotations and the conditions of others stay as they are.
func (a API) PatchStatus(ctx context.Context, pod *corev1.Pod) error {
	_, err := a.patch(ctx, pod)
	return err
}

func (a API) patch(ctx context.Context, pod *corev1.Pod) (*corev1.Pod, error) {
	patch, err := statusPatch(pod)
	if err != nil {
		return nil, err
	}
	return a.Client.Pods(pod.Namespace).Patch(
		ctx, pod.Name, types.StrategicMergePatchType, patch, metav1.PatchOptions{}, "status")
}

// statusPatch is a strategic merge patch. What has become empty must be said: it would stay otherwise.
func statusPatch(pod *corev1.Pod) ([]byte, error) {
	status, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&pod.Status)
	if err != nil {
		return nil, err
	}
	texts := []map[string]any{status}
	conditions, _ := status["conditions"].([]any)
	for _, condition := range conditions {
		texts = append(texts, condition.(map[string]any))
	}
	for _, text := range texts {
		for _, key := range []string{"reason", "message"} {
			if _, said := text[key]; !said {
				text[key] = nil
			}
		}
	}
	// These would be added to those of a former agent.
	for _, key := range []string{"podIPs", "hostIPs"} {
		addresses, _ := status[key].([]any)
		status[key] = append([]any{map[string]any{"$patch": "replace"}}, addresses...)
	}
	// The uid has it refused if another pod has the name by now.
	return json.Marshal(map[string]any{"metadata": map[string]any{"uid": pod.UID}, "status": status})
}

// Remove deletes a pod whose containers have ended.
func (a API) Remove(ctx context.Context, pod *corev1.Pod) error {
	options := metav1.NewDeleteOptions(0)
	options.Preconditions = metav1.NewUIDPreconditions(string(pod.UID))
	err := a.Client.Pods(pod.Namespace).Delete(ctx, pod.Name, *options)
	if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
		return nil
	}
	return err
}

// podsGetter is the client for virtual-kubelet's pod controller. It would remove a pod from the cluster as soon
// as no container runs, or the grace period is over; pods are to stay until their worker has ended them. So its
// delete ends the pod, and the worker removes it.
type podsGetter struct {
	API
	end func(ctx context.Context, namespace, name string, options metav1.DeleteOptions) error
}

// Pods implements [corev1client.PodsGetter].
func (g podsGetter) Pods(namespace string) corev1client.PodInterface {
	return podClient{g.Client.Pods(namespace), g, namespace}
}

type podClient struct {
	corev1client.PodInterface
	getter    podsGetter
	namespace string
}

// UpdateStatus writes the status alone.
func (c podClient) UpdateStatus(ctx context.Context, pod *corev1.Pod, _ metav1.UpdateOptions) (*corev1.Pod, error) {
	updated, err := c.getter.patch(ctx, pod)
	if apierrors.IsConflict(err) {
		// The pod is another by now, and its worker tells of it.
		return pod, nil
	}
	return updated, err
}

// Delete has the pod's worker end it.
func (c podClient) Delete(ctx context.Context, name string, options metav1.DeleteOptions) error {
	return c.getter.end(ctx, c.namespace, name, options)
}

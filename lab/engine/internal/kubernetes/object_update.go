package kubernetes

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/dynamic"
)

func (p *Provider) updateObject(
	ctx context.Context, k kind, req plugin.UpdateRequest,
) (plugin.UpdateResponse, error) {
	inputs := k.normalize(object(req.NewInputs))
	asIs := plugin.UpdateResponse{Properties: req.NewInputs}
	cluster, err := p.reachable()
	if req.Preview && (err != nil || hasUnknowns(inputs)) {
		return asIs, nil
	}
	if err != nil {
		return plugin.UpdateResponse{}, err
	}
	manager, err := managerOf(req.OldOutputs, inputs)
	if err != nil {
		return plugin.UpdateResponse{}, err
	}
	client := cluster.resource(k.GroupVersionResource, textAt(inputs, "metadata", "namespace"))
	live, err := p.change(ctx, client, inputs, manager, req)
	if err != nil {
		if req.Preview && (isKindMissing(err) || isUnreachable(err) || apierrors.IsForbidden(err)) {
			return asIs, nil
		}
		return plugin.UpdateResponse{}, fmt.Errorf("update of resource %q failed: %w", req.URN, cluster.explain(err))
	}
	if req.Preview {
		return plugin.UpdateResponse{Properties: state(inputs, live, req.NewInputs, manager)}, nil
	}
	live, waitErr := p.await(ctx, k, client, inputs, live, req.Timeout, req.URN)
	outputs := state(inputs, live, req.NewInputs, manager)
	if waitErr != nil {
		return plugin.UpdateResponse{}, partial(idOf(live), outputs, waitErr,
			"resource %q was updated, but failed to become ready", req.URN)
	}
	return plugin.UpdateResponse{Properties: outputs}, nil
}

// change applies the inputs over the live object. What the program ignores is applied as it is in the cluster.
func (p *Provider) change(
	ctx context.Context, client dynamic.ResourceInterface, inputs map[string]any, manager string,
	req plugin.UpdateRequest,
) (map[string]any, error) {
	live, err := client.Get(ctx, textAt(inputs, "metadata", "name"), metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	desired := properties(inputs)
	current := properties(live.Object)
	for _, text := range req.IgnoreChanges {
		path, err := resource.ParsePropertyPath(text)
		if err != nil {
			return nil, fmt.Errorf("failed to parse ignoreChanges %q: %w", text, err)
		}
		if v, ok := path.Get(resource.NewObjectProperty(current)); ok {
			path.Set(resource.NewObjectProperty(desired), v)
		}
	}
	force := p.settings.patchForce || annotation(inputs, patchForce) == "true"
	return apply(ctx, client, live, object(desired), manager, force, req.Preview)
}

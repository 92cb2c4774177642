package kubernetes

import (
	"context"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

func (p *Provider) createObject(
	ctx context.Context, k kind, req plugin.CreateRequest,
) (plugin.CreateResponse, error) {
	inputs := object(req.Properties)
	asIs := plugin.CreateResponse{Properties: req.Properties}
	cluster, err := p.reachable()
	if req.Preview && (err != nil || hasUnknowns(inputs)) {
		return asIs, nil
	}
	if err != nil {
		return plugin.CreateResponse{}, err
	}
	manager, err := managerOf(nil, inputs)
	if err != nil {
		return plugin.CreateResponse{}, err
	}
	client := cluster.resource(k.GroupVersionResource, textAt(inputs, "metadata", "namespace"))
	live, err := create(ctx, client, inputs, req.Preview, p.status(ctx, req.URN))
	if err != nil {
		if req.Preview && notForPreview(err) {
			return asIs, nil
		}
		if isKindMissing(err) {
			err = fmt.Errorf("its CustomResourceDefinition is not there: %w", err)
		}
		return plugin.CreateResponse{}, fmt.Errorf(
			"resource %q was not successfully created by the Kubernetes API server: %w", req.URN, cluster.explain(err))
	}
	if req.Preview {
		delete(live, "status")
		return plugin.CreateResponse{Properties: state(inputs, live, req.Properties, manager)}, nil
	}
	live, waitErr := p.await(ctx, k, client, inputs, live, req.Timeout, req.URN)
	outputs := state(inputs, live, req.Properties, manager)
	if waitErr != nil {
		return plugin.CreateResponse{}, partial(idOf(live), outputs, waitErr,
			"resource %q was successfully created, but failed to become ready", req.URN)
	}
	return plugin.CreateResponse{ID: idOf(live), Properties: outputs}, nil
}

// notForPreview tells failures of a dry run that say nothing about the real run: what is missing may be made before it, and
// what is there may be deleted before it.
func notForPreview(err error) bool {
	return isKindMissing(err) || isNamespaceMissing(err) || isUnreachable(err) || apierrors.IsAlreadyExists(err) ||
		apierrors.IsForbidden(err) || strings.Contains(err.Error(), "does not support dry run")
}

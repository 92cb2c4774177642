package kubernetes

import (
	"context"
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"k8s.io/client-go/dynamic"

	"lab/engine/internal/serve"
)

// await waits until the object is ready, unless the program does not want that.
func (p *Provider) await(
	ctx context.Context, k kind, client dynamic.ResourceInterface, inputs, live map[string]any, seconds float64,
	urn resource.URN,
) (map[string]any, error) {
	if annotation(inputs, skipAwait) == "true" {
		return live, nil
	}
	return awaitReady(ctx, client, textAt(live, "metadata", "name"), live, p.cluster.readiness(k),
		patienceFor(seconds, inputs), p.status(ctx, urn), func(ctx context.Context) []string {
			return p.cluster.podReasons(ctx, k, live)
		})
}

// state is the checkpoint of an object; who owns which field is for the API server to know.
func state(inputs, live map[string]any, from resource.PropertyMap, manager string) resource.PropertyMap {
	out := clone(live).(map[string]any)
	delete(metadataOf(out), "managedFields")
	return checkpoint(inputs, out, from, textAt(inputs, "apiVersion"), manager)
}

// partial is the error of a resource that exists but is not ready.
func partial(id resource.ID, outputs resource.PropertyMap, cause error, format string, args ...any) error {
	var waited *notReady
	failed := &serve.Partial{ID: string(id), Outputs: outputs}
	if errors.As(cause, &waited) {
		failed.Reasons = waited.reasons
	}
	failed.Err = fmt.Errorf(format+": %w", append(args, cause)...)
	return failed
}

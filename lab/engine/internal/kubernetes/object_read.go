package kubernetes

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"lab/engine/internal/serve"
)

func (p *Provider) readObject(ctx context.Context, k kind, req plugin.ReadRequest) (plugin.ReadResponse, error) {
	cluster, err := p.reachable()
	if err != nil {
		return plugin.ReadResponse{}, fmt.Errorf("failed to read the state of the resource: %w", err)
	}
	namespace, name := splitID(req.ID)
	got, err := cluster.resource(k.GroupVersionResource, namespace).Get(ctx, name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		return plugin.ReadResponse{}, nil
	}
	if err != nil {
		return plugin.ReadResponse{}, cluster.explain(err)
	}
	live := got.Object
	manager, err := managerOf(req.State, object(req.Inputs))
	if err != nil {
		return plugin.ReadResponse{}, err
	}
	imported := len(req.Inputs) == 0
	inputs := prune(live, k.normalize(object(req.Inputs)))
	if imported {
		inputs = asInputs(live)
	}
	asked := properties(inputs)
	markSecrets(asked, req.Inputs)
	outputs := state(inputs, live, req.Inputs, manager)
	if version, ok := req.State["__initialApiVersion"]; ok {
		outputs["__initialApiVersion"] = version
	}
	if !imported && annotation(inputs, skipAwait) != "true" {
		waitingFor, err := cluster.readiness(k)(ctx, live)
		if err != nil {
			waitingFor = err.Error()
		}
		if waitingFor != "" {
			failed := &serve.Partial{
				ID: string(req.ID), Outputs: outputs, Inputs: asked, Reasons: cluster.podReasons(ctx, k, live),
				Err: fmt.Errorf("%s %q is not ready: %s", textAt(live, "kind"), req.ID, waitingFor),
			}
			return plugin.ReadResponse{}, failed
		}
	}
	return plugin.ReadResponse{ReadResult: plugin.ReadResult{ID: req.ID, Inputs: asked, Outputs: outputs}}, nil
}

// asInputs is a live object as a program would have written it.
func asInputs(live map[string]any) map[string]any {
	out := clone(live).(map[string]any)
	delete(out, "status")
	for _, field := range readOnly {
		delete(metadataOf(out), field)
	}
	return out
}

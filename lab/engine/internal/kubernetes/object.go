package kubernetes

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"

	"lab/engine/internal/serve"
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

func (p *Provider) deleteObject(ctx context.Context, k kind, req plugin.DeleteRequest) error {
	cluster, err := p.reachable()
	if err != nil {
		return err
	}
	inputs, live := saved(req.Outputs)
	namespace, name := splitID(req.ID)
	client := cluster.resource(k.GroupVersionResource, namespace)
	policy := metav1.DeletePropagationForeground
	switch strings.ToLower(annotation(inputs, propagation)) {
	case "orphan":
		policy = metav1.DeletePropagationOrphan
	case "background":
		policy = metav1.DeletePropagationBackground
	}
	err = client.Delete(ctx, name, metav1.DeleteOptions{PropagationPolicy: &policy})
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return cluster.explain(err)
	}
	if annotation(inputs, skipAwait) == "true" && skippable[k.Resource] {
		return nil
	}
	status := p.status(ctx, req.URN)
	_, err = awaitGone(ctx, client, name, uidOf(live), patienceFor(req.Timeout, inputs), status)
	if err != nil {
		return fmt.Errorf("%s %q: %w", textAt(live, "kind"), req.ID, cluster.explain(err))
	}
	status("")
	return nil
}

// skippable are the kinds whose deletion a program may choose not to wait for.
var skippable = map[string]bool{"namespaces": true, "pods": true, "deployments": true}

func uidOf(live map[string]any) string { return string(types.UID(textAt(live, "metadata", "uid"))) }

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

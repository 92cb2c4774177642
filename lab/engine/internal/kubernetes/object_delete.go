package kubernetes

import (
	"context"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

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
	_, err = awaitGone(ctx, client, name, textAt(live, "metadata", "uid"), patienceFor(req.Timeout, inputs), status)
	if err != nil {
		return fmt.Errorf("%s %q: %w", textAt(live, "kind"), req.ID, cluster.explain(err))
	}
	status("")
	return nil
}

// skippable are the kinds whose deletion a program may choose not to wait for.
var skippable = map[string]bool{"namespaces": true, "pods": true, "deployments": true}

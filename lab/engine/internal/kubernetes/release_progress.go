package kubernetes

import (
	"context"
	"fmt"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// showProgress tells what a release is waiting for until its context ends.
func (p *Provider) showProgress(ctx context.Context, r release, urn resource.URN) {
	p.host.Status(ctx, urn, "running Helm")
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(2 * time.Second):
		}
		for _, deployment := range p.cluster.releaseDeployments(ctx, r) {
			waitingFor, err := deploymentReady(ctx, deployment)
			if err != nil {
				waitingFor = err.Error()
			}
			if waitingFor != "" {
				p.host.Status(ctx, urn, fmt.Sprintf("%s: %s", textAt(deployment, "metadata", "name"), waitingFor))
				break
			}
		}
	}
}

// releaseReasons says of each pod of the release why it is not ready.
func (c *cluster) releaseReasons(ctx context.Context, r release) []string {
	var out []string
	for _, deployment := range c.releaseDeployments(ctx, r) {
		if waitingFor, err := deploymentReady(ctx, deployment); waitingFor != "" || err != nil {
			out = append(out, c.podReasons(ctx, kindsByType["kubernetes:apps/v1:Deployment"], deployment)...)
		}
	}
	return out
}

func (c *cluster) releaseDeployments(ctx context.Context, r release) []map[string]any {
	gvr := kindsByType["kubernetes:apps/v1:Deployment"].GroupVersionResource
	list, err := c.resource(gvr, r.text("namespace")).List(ctx, metav1.ListOptions{})
	if err != nil {
		return nil
	}
	var out []map[string]any
	for _, item := range list.Items {
		if item.GetAnnotations()["meta.helm.sh/release-name"] == r.text("name") {
			out = append(out, item.Object)
		}
	}
	return out
}

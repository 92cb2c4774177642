package kubernetes

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"

	"lab/engine/internal/serve"
)

func (p *Provider) createRelease(ctx context.Context, req plugin.CreateRequest) (plugin.CreateResponse, error) {
	r := release(object(req.Properties))
	if req.Preview {
		outputs, err := p.previewRelease(ctx, r, req.Properties)
		return plugin.CreateResponse{Properties: outputs}, err
	}
	cluster, err := p.reachable()
	if err != nil {
		return plugin.CreateResponse{}, fmt.Errorf("can't create Helm Release: %w", err)
	}
	if err := cluster.refuseStuck(ctx, r); err != nil {
		return plugin.CreateResponse{}, err
	}
	outputs, err := p.runHelm(ctx, r, req.Properties, req.URN, r.installArgs())
	return plugin.CreateResponse{ID: resource.ID(r.id()), Properties: outputs}, err
}

func (p *Provider) updateRelease(ctx context.Context, req plugin.UpdateRequest) (plugin.UpdateResponse, error) {
	r := release(object(req.NewInputs))
	if req.Preview {
		outputs, err := p.previewRelease(ctx, r, req.NewInputs)
		return plugin.UpdateResponse{Properties: outputs}, err
	}
	cluster, err := p.reachable()
	if err != nil {
		return plugin.UpdateResponse{}, fmt.Errorf("can't update Helm Release: %w", err)
	}
	if err := cluster.refuseStuck(ctx, r); err != nil {
		return plugin.UpdateResponse{}, err
	}
	outputs, err := p.runHelm(ctx, r, req.NewInputs, req.URN, r.upgradeArgs())
	return plugin.UpdateResponse{Properties: outputs}, err
}

func (p *Provider) readRelease(ctx context.Context, req plugin.ReadRequest) (plugin.ReadResponse, error) {
	cluster, err := p.reachable()
	if err != nil {
		return plugin.ReadResponse{}, fmt.Errorf("failed to read the state of the Helm Release: %w", err)
	}
	namespace, name := splitID(req.ID)
	stored, err := cluster.latest(ctx, namespace, name)
	if err != nil || stored == nil {
		return plugin.ReadResponse{}, err
	}
	inputs := req.Inputs
	if len(inputs) == 0 {
		// An import: the chart's place is not part of Helm's record, so its name stands for it.
		inputs = properties(map[string]any{
			"chart": stored.Chart.Metadata.Name, "version": stored.Chart.Metadata.Version,
			"name": name, "namespace": namespace, "timeout": int64(300), "values": nonNil(stored.Config),
		})
		complete(inputs, releaseDefaults)
	}
	base := req.State.Copy()
	if len(base) == 0 {
		base = inputs.Copy()
	}
	outputs, err := describe(base, inputs, stored)
	if err != nil {
		return plugin.ReadResponse{}, err
	}
	return plugin.ReadResponse{ReadResult: plugin.ReadResult{ID: req.ID, Inputs: inputs, Outputs: outputs}}, nil
}

func (p *Provider) deleteRelease(ctx context.Context, req plugin.DeleteRequest) error {
	cluster, err := p.reachable()
	if err != nil {
		return fmt.Errorf("can't delete Helm Release: %w", err)
	}
	kubeconfig, err := cluster.kubeconfig()
	if err != nil {
		return err
	}
	p.host.Status(ctx, req.URN, "uninstalling")
	_, err = helm(ctx, kubeconfig, nil, release(object(req.Outputs)).uninstallArgs()...)
	if err == nil {
		p.host.Status(ctx, req.URN, "")
	}
	return err
}

// previewRelease renders the chart, so that what is wrong with it or its values shows before anything is changed.
func (p *Provider) previewRelease(
	ctx context.Context, r release, inputs resource.PropertyMap,
) (resource.PropertyMap, error) {
	if !inputs.ContainsUnknowns() {
		values, err := r.values()
		if err != nil {
			return nil, err
		}
		if _, err := helm(ctx, nil, values, r.templateArgs()...); err != nil {
			return nil, fmt.Errorf("Helm release %q cannot be rendered: %w", r.id(), err)
		}
	}
	outputs := inputs.Copy()
	outputs["__inputs"] = resource.MakeSecret(resource.NewObjectProperty(inputs))
	for _, key := range []resource.PropertyKey{"resourceNames", "status"} {
		outputs[key] = resource.MakeComputed(resource.NewStringProperty(""))
	}
	return outputs, nil
}

// runHelm installs or upgrades, shows what it waits for, and describes the outcome. A release that was recorded but did
// not become ready is kept in the state.
func (p *Provider) runHelm(
	ctx context.Context, r release, inputs resource.PropertyMap, urn resource.URN, args []string,
) (resource.PropertyMap, error) {
	kubeconfig, err := p.cluster.kubeconfig()
	if err != nil {
		return nil, err
	}
	values, err := r.values()
	if err != nil {
		return nil, err
	}
	watched, stop := context.WithCancel(ctx)
	go p.showProgress(watched, r, urn)
	_, helmErr := helm(ctx, kubeconfig, values, args...)
	stop()

	// The outcome is wanted also of an operation that was cancelled.
	after, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	stored, err := p.cluster.latest(after, r.text("namespace"), r.text("name"))
	if err != nil {
		return nil, err
	}
	if stored == nil {
		if helmErr != nil {
			return nil, helmErr
		}
		return nil, fmt.Errorf("Helm release %q is not there after helm %s", r.id(), args[0])
	}
	outputs, err := describe(inputs.Copy(), inputs, stored)
	if err != nil {
		return nil, err
	}
	if helmErr != nil {
		return nil, &serve.Partial{
			ID: r.id(), Outputs: outputs, Reasons: p.cluster.releaseReasons(after, r),
			Err: fmt.Errorf("Helm release %q was recorded as %q, but failed to become ready: %w",
				r.id(), stored.Info.Status, helmErr),
		}
	}
	p.host.Status(ctx, urn, "")
	return outputs, nil
}

// refuseStuck stops at a release that an interrupted run left half done, and says how to go on.
func (c *cluster) refuseStuck(ctx context.Context, r release) error {
	stored, err := c.latest(ctx, r.text("namespace"), r.text("name"))
	if err != nil || stored == nil || !strings.HasPrefix(stored.Info.Status, "pending-") {
		return err
	}
	remedy := fmt.Sprintf("helm rollback %s --namespace %s", r.text("name"), r.text("namespace"))
	if stored.Info.Status == "pending-install" {
		remedy = fmt.Sprintf("helm uninstall %s --namespace %s", r.text("name"), r.text("namespace"))
	}
	return fmt.Errorf("Helm release %q is stuck in %q since an earlier run was interrupted; "+
		"if no other Helm is at work on it, run `%s` and try again", r.id(), stored.Info.Status, remedy)
}

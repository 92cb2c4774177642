package bridged

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

// Provider serves the resources of one package.
type Provider struct {
	plugin.UnimplementedProvider
	Package   string
	Version   semver.Version
	Resources map[tokens.Type]*Resource
	// Now is the clock; a test sets it.
	Now func() time.Time
}

// Handshake tells the engine to mark secrets when it sends them.
func (p *Provider) Handshake(
	context.Context, plugin.ProviderHandshakeRequest,
) (*plugin.ProviderHandshakeResponse, error) {
	return &plugin.ProviderHandshakeResponse{AcceptSecrets: true, AcceptResources: true, AcceptOutputs: true}, nil
}

// GetPluginInfo reports the version of the official plugin that this one stands in for.
func (p *Provider) GetPluginInfo(context.Context) (plugin.PluginInfo, error) {
	return plugin.PluginInfo{Version: &p.Version}, nil
}

// GetSchema returns only the package's name and version, because the program's SDK knows the resources.
func (p *Provider) GetSchema(context.Context, plugin.GetSchemaRequest) (plugin.GetSchemaResponse, error) {
	schema := fmt.Sprintf(`{"name":%q,"version":%q}`, p.Package, p.Version)
	return plugin.GetSchemaResponse{Schema: []byte(schema)}, nil
}

// CheckConfig accepts all provider settings.
func (p *Provider) CheckConfig(
	_ context.Context, req plugin.CheckConfigRequest,
) (plugin.CheckConfigResponse, error) {
	return plugin.CheckConfigResponse{Properties: req.News}, nil
}

// DiffConfig reports no change, because no provider setting affects a resource.
func (p *Provider) DiffConfig(context.Context, plugin.DiffConfigRequest) (plugin.DiffConfigResponse, error) {
	return plugin.DiffResult{Changes: plugin.DiffNone}, nil
}

// Configure does nothing, because there are no provider settings.
func (p *Provider) Configure(context.Context, plugin.ConfigureRequest) (plugin.ConfigureResponse, error) {
	return plugin.ConfigureResponse{}, nil
}

// Check rejects invalid inputs.
func (p *Provider) Check(_ context.Context, req plugin.CheckRequest) (plugin.CheckResponse, error) {
	r, err := p.find(req.Type)
	if err != nil {
		return plugin.CheckResponse{}, err
	}
	return plugin.CheckResponse{Properties: req.News, Failures: r.check(req.News)}, nil
}

// Diff reports changed properties, and whether they replace the resource.
func (p *Provider) Diff(_ context.Context, req plugin.DiffRequest) (plugin.DiffResponse, error) {
	r, err := p.find(req.Type)
	if err != nil {
		return plugin.DiffResponse{}, err
	}
	return r.diff(req.OldOutputs, req.NewInputs, p.Now()), nil
}

// Create creates the resource. In a preview, computed outputs are unknown.
func (p *Provider) Create(_ context.Context, req plugin.CreateRequest) (plugin.CreateResponse, error) {
	r, err := p.find(req.Type)
	if err != nil {
		return plugin.CreateResponse{}, err
	}
	outputs := r.plan(req.Properties)
	if r.Plan != nil && !req.Properties.ContainsUnknowns() {
		if err := r.Plan(outputs); err != nil {
			return plugin.CreateResponse{}, err
		}
	}
	r.meta(outputs)
	if req.Preview {
		for name, secret := range r.Computed {
			outputs[resource.PropertyKey(name)] = mark(resource.MakeComputed(resource.NewStringProperty("")), secret)
		}
		return plugin.CreateResponse{Properties: outputs}, nil
	}
	id, computed, err := r.Create(unwrapSecrets(outputs))
	if err != nil {
		return plugin.CreateResponse{}, err
	}
	for key, value := range computed {
		outputs[key] = mark(value, r.Computed[string(key)])
	}
	outputs["id"] = resource.NewStringProperty(id)
	return plugin.CreateResponse{ID: resource.ID(id), Properties: outputs}, nil
}

// Read returns the state, because nothing exists outside it. Only renewal may have become due.
func (p *Provider) Read(_ context.Context, req plugin.ReadRequest) (plugin.ReadResponse, error) {
	r, err := p.find(req.Type)
	if err != nil {
		return plugin.ReadResponse{}, err
	}
	if len(req.State) == 0 {
		return plugin.ReadResponse{}, fmt.Errorf("%s cannot be imported, because it exists only in the state: create it instead", req.Type)
	}
	outputs := req.State.Copy()
	if r.Due != nil {
		if output, due := r.Due(unwrapSecrets(outputs), p.Now()); due {
			outputs[resource.PropertyKey(output)] = resource.NewBoolProperty(true)
		}
	}
	return plugin.ReadResponse{ReadResult: plugin.ReadResult{ID: req.ID, Inputs: req.Inputs, Outputs: outputs}}, nil
}

// Update copies the changed inputs to the outputs, and keeps the computed outputs.
func (p *Provider) Update(_ context.Context, req plugin.UpdateRequest) (plugin.UpdateResponse, error) {
	r, err := p.find(req.Type)
	if err != nil {
		return plugin.UpdateResponse{}, err
	}
	outputs := req.OldOutputs.Copy()
	planned := r.plan(req.NewInputs)
	for name := range r.Inputs {
		key := resource.PropertyKey(name)
		if value, ok := planned[key]; ok {
			outputs[key] = value
		} else {
			delete(outputs, key)
		}
	}
	return plugin.UpdateResponse{Properties: outputs}, nil
}

// Delete does nothing, because the engine deletes the state.
func (p *Provider) Delete(context.Context, plugin.DeleteRequest) (plugin.DeleteResponse, error) {
	return plugin.DeleteResponse{}, nil
}

// SignalCancellation does nothing, because no operation waits.
func (p *Provider) SignalCancellation(context.Context) error { return nil }

// Close does nothing, because there are no open resources.
func (p *Provider) Close() error { return nil }

func (p *Provider) find(token tokens.Type) (*Resource, error) {
	if r, ok := p.Resources[token]; ok {
		return r, nil
	}
	var known []string
	for t := range p.Resources {
		known = append(known, string(t))
	}
	sort.Strings(known)
	return nil, fmt.Errorf("the stand-in for the %s plugin does not know the resource type %s: use one of %s, or add it in lab/engine",
		p.Package, token, strings.Join(known, ", "))
}

func mark(value resource.PropertyValue, secret bool) resource.PropertyValue {
	if secret {
		return resource.MakeSecret(value)
	}
	return value
}

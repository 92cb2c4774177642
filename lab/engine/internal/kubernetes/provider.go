// Package kubernetes stands in for the kubernetes plugin: objects by Server-Side Apply, Helm releases by Helm.
package kubernetes

import (
	"context"
	"fmt"
	"slices"
	"sort"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"

	"lab/engine/internal/serve"
)

// Provider is one configured provider: one API server and how to work with it.
type Provider struct {
	plugin.UnimplementedProvider
	host     *serve.Host
	version  semver.Version
	settings settings
	// cluster is nil when its configuration could not be read, and unreachable then says why.
	cluster     *cluster
	unreachable error
	// cancelled ends what the engine asked to end.
	cancelled context.Context
	cancel    context.CancelFunc
}

// New is the provider.
func New(host *serve.Host, version semver.Version) plugin.Provider {
	ctx, cancel := context.WithCancel(context.Background())
	return &Provider{
		host: host, version: version, cancelled: ctx, cancel: cancel,
		unreachable: fmt.Errorf("the provider is not configured"),
	}
}

// Handshake agrees on secrets being sent as such.
func (p *Provider) Handshake(
	context.Context, plugin.ProviderHandshakeRequest,
) (*plugin.ProviderHandshakeResponse, error) {
	return &plugin.ProviderHandshakeResponse{
		AcceptSecrets: true, AcceptResources: true, AcceptOutputs: true, SupportsAutonamingConfiguration: true,
	}, nil
}

// GetPluginInfo reports the version of the official plugin that this one stands in for.
func (p *Provider) GetPluginInfo(context.Context) (plugin.PluginInfo, error) {
	return plugin.PluginInfo{Version: &p.version}, nil
}

// GetSchema names the package; its resources are known to the program's SDK.
func (p *Provider) GetSchema(context.Context, plugin.GetSchemaRequest) (plugin.GetSchemaResponse, error) {
	return plugin.GetSchemaResponse{Schema: fmt.Appendf(nil, `{"name":"kubernetes","version":%q}`, p.version)}, nil
}

// CheckConfig refuses settings that this stand-in would not follow.
func (p *Provider) CheckConfig(
	_ context.Context, req plugin.CheckConfigRequest,
) (plugin.CheckConfigResponse, error) {
	var failures []plugin.CheckFailure
	for name, reason := range refuseSettings(req.News) {
		failures = append(failures, plugin.CheckFailure{Property: resource.PropertyKey(name), Reason: reason})
	}
	sort.Slice(failures, func(i, j int) bool { return failures[i].Property < failures[j].Property })
	return plugin.CheckConfigResponse{Properties: req.News, Failures: failures}, nil
}

// DiffConfig replaces the provider, and all its resources, when it comes to point to another cluster.
func (p *Provider) DiffConfig(_ context.Context, req plugin.DiffConfigRequest) (plugin.DiffConfigResponse, error) {
	diff := req.OldInputs.Diff(req.NewInputs)
	if diff == nil {
		return plugin.DiffResult{Changes: plugin.DiffNone}, nil
	}
	changed := diff.ChangedKeys()
	slices.Sort(changed)
	return plugin.DiffResult{
		Changes: plugin.DiffSome, ChangedKeys: changed,
		ReplaceKeys: replacedBy(req.OldInputs, req.NewInputs, changed),
	}, nil
}

// Configure reads the kubeconfig. One that cannot be read is no error yet: a preview can do without.
func (p *Provider) Configure(_ context.Context, req plugin.ConfigureRequest) (plugin.ConfigureResponse, error) {
	p.settings = parseSettings(req.Inputs)
	p.cluster, p.unreachable = connect(p.settings)
	return plugin.ConfigureResponse{}, nil
}

// SignalCancellation ends all waiting.
func (p *Provider) SignalCancellation(context.Context) error {
	p.cancel()
	return nil
}

// Close ends all waiting, too.
func (p *Provider) Close() error {
	p.cancel()
	return nil
}

// operation is a context that also ends by cancellation.
func (p *Provider) operation(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(p.cancelled, cancel)
	return ctx, func() { stop(); cancel() }
}

// reachable returns the cluster, or why there is none.
func (p *Provider) reachable() (*cluster, error) {
	if p.cluster == nil {
		return nil, fmt.Errorf("configured Kubernetes cluster is unreachable: %w", p.unreachable)
	}
	return p.cluster, nil
}

// status shows what a resource is waiting for.
func (p *Provider) status(ctx context.Context, urn resource.URN) func(string) {
	return func(message string) { p.host.Status(ctx, urn, message) }
}

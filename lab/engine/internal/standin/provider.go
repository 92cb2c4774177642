// Package standin serves resources that exist only in the state, like those of the tls and random plugins.
package standin

import (
	"context"
	"fmt"
	"maps"
	"time"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/cmdutil"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Main runs a plugin that serves these resource types.
func Main(name, version string, resources map[tokens.Type]Resource) {
	standIn := &standIn{name: name, version: semver.MustParse(version), resources: resources}
	err := provider.Main(name, func(*provider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		return plugin.NewProviderServer(standIn), nil
	})
	if err != nil {
		cmdutil.ExitError(err.Error())
	}
}

type standIn struct {
	plugin.UnimplementedProvider
	name      string
	version   semver.Version
	resources map[tokens.Type]Resource
}

// Handshake does not accept secrets, so the engine sends plain values, and marks the secrets in the results itself.
func (s *standIn) Handshake(
	context.Context, plugin.ProviderHandshakeRequest,
) (*plugin.ProviderHandshakeResponse, error) {
	return &plugin.ProviderHandshakeResponse{}, nil
}

func (s *standIn) GetPluginInfo(context.Context) (plugin.PluginInfo, error) {
	return plugin.PluginInfo{Version: &s.version}, nil
}

func (s *standIn) Configure(context.Context, plugin.ConfigureRequest) (plugin.ConfigureResponse, error) {
	return plugin.ConfigureResponse{}, nil
}

func (s *standIn) Check(_ context.Context, req plugin.CheckRequest) (plugin.CheckResponse, error) {
	found, known := s.resources[req.Type]
	if !known {
		return plugin.CheckResponse{}, fmt.Errorf("the stand-in for the %s plugin does not support %s: add it in lab/engine", s.name, req.Type)
	}
	return plugin.CheckResponse{Properties: req.News, Failures: found.check(req.News)}, nil
}

func (s *standIn) Diff(_ context.Context, req plugin.DiffRequest) (plugin.DiffResponse, error) {
	return s.resources[req.Type].diff(req.OldOutputs, req.NewInputs, time.Now()), nil
}

// Create returns no computed outputs in a preview. The SDK then regards them as unknown.
func (s *standIn) Create(_ context.Context, req plugin.CreateRequest) (plugin.CreateResponse, error) {
	found := s.resources[req.Type]
	outputs := found.applyDefaults(req.Properties)
	if req.Preview {
		return plugin.CreateResponse{Properties: outputs}, nil
	}
	id, computed, err := found.Create(outputs.Mappable())
	if err != nil {
		return plugin.CreateResponse{}, err
	}
	maps.Copy(outputs, resource.NewPropertyMapFromMap(computed))
	outputs["id"] = resource.NewProperty(id)
	return plugin.CreateResponse{ID: resource.ID(id), Properties: outputs}, nil
}

// Read returns the state, because nothing exists outside it.
func (s *standIn) Read(_ context.Context, req plugin.ReadRequest) (plugin.ReadResponse, error) {
	return plugin.ReadResponse{ReadResult: plugin.ReadResult{ID: req.ID, Inputs: req.Inputs, Outputs: req.State}}, nil
}

func (s *standIn) Update(_ context.Context, req plugin.UpdateRequest) (plugin.UpdateResponse, error) {
	return plugin.UpdateResponse{Properties: s.resources[req.Type].update(req.OldOutputs, req.NewInputs)}, nil
}

func (s *standIn) Delete(context.Context, plugin.DeleteRequest) (plugin.DeleteResponse, error) {
	return plugin.DeleteResponse{}, nil
}

func (s *standIn) SignalCancellation(context.Context) error { return nil }

package serve

import (
	"context"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// server adds to the SDK's provider server what official plugins also report: the changed top-level keys beside the
// detailed diff, and the state of a resource whose creation failed.
type server struct {
	pulumirpc.ResourceProviderServer
	provider plugin.Provider
	host     *Host
}

func newServer(provider plugin.Provider, host *Host) *server {
	return &server{plugin.NewProviderServer(provider), provider, host}
}

func (s *server) Handshake(
	ctx context.Context, req *pulumirpc.ProviderHandshakeRequest,
) (*pulumirpc.ProviderHandshakeResponse, error) {
	if err := s.host.connect(req.EngineAddress); err != nil {
		return nil, err
	}
	return s.ResourceProviderServer.Handshake(ctx, req)
}

func (s *server) Create(ctx context.Context, req *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	resp, err := s.ResourceProviderServer.Create(ctx, req)
	return resp, withState(err)
}

func (s *server) Read(ctx context.Context, req *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	resp, err := s.ResourceProviderServer.Read(ctx, req)
	return resp, withState(err)
}

func (s *server) Update(ctx context.Context, req *pulumirpc.UpdateRequest) (*pulumirpc.UpdateResponse, error) {
	resp, err := s.ResourceProviderServer.Update(ctx, req)
	return resp, withState(err)
}

func (s *server) Diff(ctx context.Context, req *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	oldInputs, err := unmarshal(req.GetOldInputs())
	if err != nil {
		return nil, err
	}
	oldOutputs, err := unmarshal(req.GetOlds())
	if err != nil {
		return nil, err
	}
	newInputs, err := unmarshal(req.GetNews())
	if err != nil {
		return nil, err
	}
	urn := resource.URN(req.GetUrn())
	diff, err := s.provider.Diff(ctx, plugin.DiffRequest{
		URN: urn, Name: urn.Name(), Type: urn.Type(), ID: resource.ID(req.GetId()),
		OldInputs: oldInputs, OldOutputs: oldOutputs, NewInputs: newInputs,
		AllowUnknowns: true, IgnoreChanges: req.GetIgnoreChanges(),
	})
	if err != nil {
		return nil, err
	}
	return marshalDiff(diff), nil
}

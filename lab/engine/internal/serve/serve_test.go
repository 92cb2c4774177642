package serve

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

type fake struct {
	plugin.UnimplementedProvider
	diff plugin.DiffResult
	err  error
}

func (f *fake) Diff(context.Context, plugin.DiffRequest) (plugin.DiffResponse, error) {
	return f.diff, nil
}

func (f *fake) Create(context.Context, plugin.CreateRequest) (plugin.CreateResponse, error) {
	return plugin.CreateResponse{}, f.err
}

const urn = "urn:pulumi:s::p::t:t:t::n"

func TestDiffReportsKeysAndDetailsSeparately(t *testing.T) {
	s := newServer(&fake{diff: plugin.DiffResult{
		Changes: plugin.DiffSome, DetailedDiff: map[string]plugin.PropertyDiff{"data": {Kind: plugin.DiffDeleteReplace}},
	}}, &Host{})
	resp, err := s.Diff(context.Background(), &pulumirpc.DiffRequest{Urn: urn})
	if err != nil {
		t.Fatal(err)
	}
	if len(resp.Diffs) > 0 || !slices.Equal(resp.Replaces, []string{"data"}) ||
		resp.DetailedDiff["data"].Kind != pulumirpc.PropertyDiff_DELETE_REPLACE {
		t.Errorf("got %v", resp)
	}
}

func TestErrorHasTheState(t *testing.T) {
	state := resource.PropertyMap{"secret": resource.MakeSecret(resource.NewStringProperty("s"))}
	s := newServer(&fake{err: &Partial{ID: "i", Outputs: state, Reasons: []string{"why"}, Err: errors.New("not ready")}}, &Host{})
	_, err := s.Create(context.Background(), &pulumirpc.CreateRequest{Urn: urn})
	rpc, ok := rpcerror.FromError(err)
	if !ok || rpc.Message() != "not ready" || len(rpc.Details()) != 1 {
		t.Fatalf("got %v", err)
	}
	detail, ok := rpc.Details()[0].(*pulumirpc.ErrorResourceInitFailed)
	if !ok || detail.Id != "i" || !slices.Equal(detail.Reasons, []string{"not ready", "why"}) {
		t.Fatalf("got %v", rpc.Details())
	}
	kept, err := unmarshal(detail.Properties)
	if err != nil || !kept["secret"].IsSecret() {
		t.Errorf("the state lost its secret: %v %v", kept, err)
	}
}

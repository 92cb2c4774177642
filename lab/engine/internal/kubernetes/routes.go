package kubernetes

import (
	"context"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// The engine's calls, led to objects or to releases.

// Check validates inputs and completes them.
func (p *Provider) Check(ctx context.Context, req plugin.CheckRequest) (plugin.CheckResponse, error) {
	if req.Type == releaseType {
		return p.checkRelease(ctx, req)
	}
	k, err := findKind(req.Type)
	if err != nil {
		return plugin.CheckResponse{}, err
	}
	return p.checkObject(k, req)
}

// Diff says what changes and whether that replaces the resource.
func (p *Provider) Diff(_ context.Context, req plugin.DiffRequest) (plugin.DiffResponse, error) {
	if req.Type == releaseType {
		return diffRelease(req)
	}
	k, err := findKind(req.Type)
	if err != nil {
		return plugin.DiffResponse{}, err
	}
	return p.diffObject(k, req)
}

// Create makes the resource and waits until it is ready.
func (p *Provider) Create(ctx context.Context, req plugin.CreateRequest) (plugin.CreateResponse, error) {
	ctx, done := p.operation(ctx)
	defer done()
	if req.Type == releaseType {
		return p.createRelease(ctx, req)
	}
	k, err := findKind(req.Type)
	if err != nil {
		return plugin.CreateResponse{}, err
	}
	return p.createObject(ctx, k, req)
}

// Read looks up what the cluster has.
func (p *Provider) Read(ctx context.Context, req plugin.ReadRequest) (plugin.ReadResponse, error) {
	ctx, done := p.operation(ctx)
	defer done()
	if req.Type == releaseType {
		return p.readRelease(ctx, req)
	}
	k, err := findKind(req.Type)
	if err != nil {
		return plugin.ReadResponse{}, err
	}
	return p.readObject(ctx, k, req)
}

// Update changes the resource and waits until it is ready.
func (p *Provider) Update(ctx context.Context, req plugin.UpdateRequest) (plugin.UpdateResponse, error) {
	ctx, done := p.operation(ctx)
	defer done()
	if req.Type == releaseType {
		return p.updateRelease(ctx, req)
	}
	k, err := findKind(req.Type)
	if err != nil {
		return plugin.UpdateResponse{}, err
	}
	return p.updateObject(ctx, k, req)
}

// Delete removes the resource and waits until it is gone.
func (p *Provider) Delete(ctx context.Context, req plugin.DeleteRequest) (plugin.DeleteResponse, error) {
	ctx, done := p.operation(ctx)
	defer done()
	if req.Type == releaseType {
		return plugin.DeleteResponse{}, p.deleteRelease(ctx, req)
	}
	k, err := findKind(req.Type)
	if err != nil {
		return plugin.DeleteResponse{}, err
	}
	return plugin.DeleteResponse{}, p.deleteObject(ctx, k, req)
}

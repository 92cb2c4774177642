package serve

import (
	"context"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// Host is the engine as a plugin sees it: where its messages about a resource go.
type Host struct {
	engine pulumirpc.EngineClient
}

func (h *Host) connect(address string) error {
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	h.engine = pulumirpc.NewEngineClient(conn)
	return nil
}

// Status shows what a resource is waiting for; an empty message clears it. It is replaced by the next one and not kept.
func (h *Host) Status(ctx context.Context, urn resource.URN, message string) {
	h.log(ctx, &pulumirpc.LogRequest{
		Severity: pulumirpc.LogSeverity_INFO, Urn: string(urn), Message: message, Ephemeral: true,
	})
}

// Warn tells the user about something that does not stop the operation.
func (h *Host) Warn(ctx context.Context, urn resource.URN, message string) {
	h.log(ctx, &pulumirpc.LogRequest{Severity: pulumirpc.LogSeverity_WARNING, Urn: string(urn), Message: message})
}

// A message that cannot be delivered must not fail the operation it is about.
func (h *Host) log(ctx context.Context, req *pulumirpc.LogRequest) {
	if h.engine != nil {
		_, _ = h.engine.Log(ctx, req)
	}
}

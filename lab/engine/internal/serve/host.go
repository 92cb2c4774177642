package serve

import (
	"context"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// Host sends messages about a resource to the engine.
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

// Status shows what a resource waits for, until the next call. An empty message clears it. The engine does not keep it.
func (h *Host) Status(ctx context.Context, urn resource.URN, message string) {
	h.log(ctx, &pulumirpc.LogRequest{
		Severity: pulumirpc.LogSeverity_INFO, Urn: string(urn), Message: message, Ephemeral: true,
	})
}

// Warn shows the user a problem that does not fail the operation.
func (h *Host) Warn(ctx context.Context, urn resource.URN, message string) {
	h.log(ctx, &pulumirpc.LogRequest{Severity: pulumirpc.LogSeverity_WARNING, Urn: string(urn), Message: message})
}

// log ignores errors, because an undelivered message must not fail the operation.
func (h *Host) log(ctx context.Context, req *pulumirpc.LogRequest) {
	if h.engine != nil {
		_, _ = h.engine.Log(ctx, req)
	}
}

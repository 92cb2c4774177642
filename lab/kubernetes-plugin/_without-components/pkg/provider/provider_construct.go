package provider

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// The plugin's own file registers its component resources here.
var resourceProviders map[string]resource.ResourceProviderFactory

// Construct refuses component resources.
func (*kubeProvider) Construct(_ context.Context, req *pulumirpc.ConstructRequest) (*pulumirpc.ConstructResponse, error) {
	return nil, fmt.Errorf("the lab builds the plugin without component resources (got %q): use resources", req.GetType())
}

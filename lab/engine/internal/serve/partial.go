package serve

import (
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/types/known/structpb"
)

// Partial is the error of an operation that failed halfway: the resource exists but is not ready. The engine keeps the
// state in it, so that the next run can continue and destroy can remove the resource.
type Partial struct {
	ID      string
	Outputs resource.PropertyMap
	Inputs  resource.PropertyMap
	Reasons []string
	Err     error
}

func (p *Partial) Error() string { return p.Err.Error() }

func (p *Partial) Unwrap() error { return p.Err }

// withState converts a Partial to a gRPC error with the details that the engine reads.
func withState(err error) error {
	var partial *Partial
	if !errors.As(err, &partial) {
		return err
	}
	detail := pulumirpc.ErrorResourceInitFailed{
		Id:      partial.ID,
		Reasons: append([]string{partial.Err.Error()}, partial.Reasons...),
	}
	for _, m := range []struct {
		from resource.PropertyMap
		to   **structpb.Struct
	}{{partial.Outputs, &detail.Properties}, {partial.Inputs, &detail.Inputs}} {
		if m.from == nil {
			continue
		}
		out, marshalErr := plugin.MarshalProperties(m.from, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true})
		if marshalErr != nil {
			return errors.Join(err, marshalErr)
		}
		*m.to = out
	}
	return rpcerror.WithDetails(rpcerror.New(codes.Unknown, partial.Err.Error()), &detail)
}

package serve

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"
)

// marshalDiff reports changed keys and the detailed diff separately, as the official plugins do.
func marshalDiff(diff plugin.DiffResult) *pulumirpc.DiffResponse {
	resp := &pulumirpc.DiffResponse{
		Changes:             pulumirpc.DiffResponse_DIFF_NONE,
		DeleteBeforeReplace: diff.DeleteBeforeReplace,
		Diffs:               toStrings(diff.ChangedKeys),
		Replaces:            toStrings(diff.ReplaceKeys),
		HasDetailedDiff:     len(diff.DetailedDiff) > 0,
		DetailedDiff:        map[string]*pulumirpc.PropertyDiff{},
	}
	if diff.Changes == plugin.DiffSome {
		resp.Changes = pulumirpc.DiffResponse_DIFF_SOME
	}
	for path, d := range diff.DetailedDiff {
		resp.DetailedDiff[path] = &pulumirpc.PropertyDiff{Kind: kinds[d.Kind], InputDiff: d.InputDiff}
		if d.Kind.IsReplace() && !slices.Contains(resp.Replaces, path) {
			resp.Replaces = append(resp.Replaces, path)
		}
	}
	slices.Sort(resp.Replaces)
	return resp
}

var kinds = map[plugin.DiffKind]pulumirpc.PropertyDiff_Kind{
	plugin.DiffAdd:           pulumirpc.PropertyDiff_ADD,
	plugin.DiffAddReplace:    pulumirpc.PropertyDiff_ADD_REPLACE,
	plugin.DiffDelete:        pulumirpc.PropertyDiff_DELETE,
	plugin.DiffDeleteReplace: pulumirpc.PropertyDiff_DELETE_REPLACE,
	plugin.DiffUpdate:        pulumirpc.PropertyDiff_UPDATE,
	plugin.DiffUpdateReplace: pulumirpc.PropertyDiff_UPDATE_REPLACE,
}

func toStrings(keys []resource.PropertyKey) []string {
	var out []string
	for _, key := range keys {
		out = append(out, string(key))
	}
	return out
}

func unmarshal(props *structpb.Struct) (resource.PropertyMap, error) {
	return plugin.UnmarshalProperties(props, plugin.MarshalOptions{
		KeepUnknowns: true, KeepSecrets: true, PropagateNil: true,
	})
}

package bridged

import (
	"slices"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// diff compares the state with what the inputs ask for, by top-level property, as the originals do.
func (r *Resource) diff(state, inputs resource.PropertyMap, now time.Time) plugin.DiffResult {
	result := plugin.DiffResult{Changes: plugin.DiffNone}
	change := func(key resource.PropertyKey, replaces bool) {
		result.Changes = plugin.DiffSome
		result.ChangedKeys = append(result.ChangedKeys, key)
		if replaces {
			result.ReplaceKeys = append(result.ReplaceKeys, key)
		}
	}
	planned := plain(r.plan(inputs))
	if r.Plan != nil && !inputs.ContainsUnknowns() {
		_ = r.Plan(planned) // Check has refused what cannot be planned.
	}
	old := plain(state)
	for name, field := range r.Inputs {
		key := resource.PropertyKey(name)
		if !same(old[key], planned[key]) {
			change(key, !field.Updates)
		}
	}
	if output, due := r.due(state, inputs, now); due {
		change(resource.PropertyKey(output), true)
	}
	slices.Sort(result.ChangedKeys)
	slices.Sort(result.ReplaceKeys)
	return result
}

// due asks about the state as an update would leave it, since the inputs hold what decides it.
func (r *Resource) due(state, inputs resource.PropertyMap, now time.Time) (string, bool) {
	if r.Due == nil {
		return "", false
	}
	after := plain(state)
	for key, value := range plain(r.plan(inputs)) {
		after[key] = value
	}
	return r.Due(after, now)
}

// same says whether a value stays; one that is not known yet may always change.
func same(old, planned resource.PropertyValue) bool {
	if planned.IsComputed() || planned.ContainsUnknowns() {
		return false
	}
	if old.IsNull() || planned.IsNull() {
		return old.IsNull() && planned.IsNull()
	}
	return old.DeepEquals(planned)
}

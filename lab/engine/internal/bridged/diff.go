package bridged

import (
	"slices"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// diff compares the state with the inputs by top-level property, as the official plugins do.
func (r *Resource) diff(state, inputs resource.PropertyMap, now time.Time) plugin.DiffResult {
	result := plugin.DiffResult{Changes: plugin.DiffNone}
	change := func(key resource.PropertyKey, replaces bool) {
		result.Changes = plugin.DiffSome
		result.ChangedKeys = append(result.ChangedKeys, key)
		if replaces {
			result.ReplaceKeys = append(result.ReplaceKeys, key)
		}
	}
	planned := unwrapSecrets(r.plan(inputs))
	if r.Plan != nil && !inputs.ContainsUnknowns() {
		_ = r.Plan(planned) // Check has already rejected invalid inputs.
	}
	old := unwrapSecrets(state)
	for name, field := range r.Inputs {
		key := resource.PropertyKey(name)
		if !isSame(old[key], planned[key]) {
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

// due checks the state as it would be after an update, because the inputs decide when renewal is due.
func (r *Resource) due(state, inputs resource.PropertyMap, now time.Time) (string, bool) {
	if r.Due == nil {
		return "", false
	}
	after := unwrapSecrets(state)
	for key, value := range unwrapSecrets(r.plan(inputs)) {
		after[key] = value
	}
	return r.Due(after, now)
}

// isSame says whether a value stays the same. An unknown value may change.
func isSame(old, planned resource.PropertyValue) bool {
	if planned.IsComputed() || planned.ContainsUnknowns() {
		return false
	}
	if old.IsNull() || planned.IsNull() {
		return old.IsNull() && planned.IsNull()
	}
	return old.DeepEquals(planned)
}

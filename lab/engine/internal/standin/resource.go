package standin

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// Resource describes a resource type that exists only in the state.
type Resource struct {
	Inputs map[string]Input
	// Create returns the ID and the computed outputs. The inputs have their defaults.
	Create func(inputs map[string]any) (id string, outputs map[string]any, err error)
	// IsDue says whether the resource must be replaced now, although the program did not change.
	IsDue func(state map[string]any, now time.Time) bool
}

// Input describes an input.
type Input struct {
	// Default is the value in the outputs if the program sets none.
	Default any
	// InPlace says that a change updates the resource. Other changes replace it.
	InPlace bool
}

// Get returns the value of an input, or the zero value if the program does not set it.
func Get[T any](inputs map[string]any, name string) T {
	value, _ := inputs[name].(T)
	return value
}

// dueOutput is the output that the official plugins report as the reason of a replacement that is due.
const dueOutput = "readyForRenewal"

func (r Resource) check(inputs resource.PropertyMap) []plugin.CheckFailure {
	var failures []plugin.CheckFailure
	for _, key := range inputs.StableKeys() {
		if _, known := r.Inputs[string(key)]; !known {
			reason := fmt.Sprintf("the stand-in does not support %s: remove it, or add it in lab/engine", key)
			failures = append(failures, plugin.CheckFailure{Property: key, Reason: reason})
		}
	}
	return failures
}

// applyDefaults returns the inputs as the outputs have them.
func (r Resource) applyDefaults(inputs resource.PropertyMap) resource.PropertyMap {
	outputs := inputs.Copy()
	for name, input := range r.Inputs {
		key := resource.PropertyKey(name)
		if !inputs.HasValue(key) && input.Default != nil {
			outputs[key] = resource.NewPropertyValue(input.Default)
		}
	}
	return outputs
}

func (r Resource) diff(state, inputs resource.PropertyMap, now time.Time) plugin.DiffResult {
	result := plugin.DiffResult{Changes: plugin.DiffNone}
	change := func(name string, replaces bool) {
		result.Changes = plugin.DiffSome
		result.ChangedKeys = append(result.ChangedKeys, resource.PropertyKey(name))
		if replaces {
			result.ReplaceKeys = append(result.ReplaceKeys, resource.PropertyKey(name))
		}
	}
	planned := r.applyDefaults(inputs)
	for _, name := range slices.Sorted(maps.Keys(r.Inputs)) {
		key := resource.PropertyKey(name)
		if !state[key].DeepEquals(planned[key]) {
			change(name, !r.Inputs[name].InPlace)
		}
	}
	if r.IsDue != nil && r.IsDue(r.update(state, inputs).Mappable(), now) {
		change(dueOutput, true)
	}
	return result
}

// update replaces the inputs in the state, and keeps the computed outputs.
func (r Resource) update(state, inputs resource.PropertyMap) resource.PropertyMap {
	outputs := state.Copy()
	for name := range r.Inputs {
		delete(outputs, resource.PropertyKey(name))
	}
	maps.Copy(outputs, r.applyDefaults(inputs))
	return outputs
}

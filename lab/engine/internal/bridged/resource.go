// Package bridged serves resources that live in the state alone, as the tls and random providers' do: a table of
// properties, one function that creates, and the rules for changes that follow from the table.
package bridged

import (
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Kind is the type of a property's value.
type Kind string

// The kinds of values that properties have.
const (
	String  Kind = "a string"
	Number  Kind = "a number"
	Bool    Kind = "a boolean"
	Strings Kind = "a list of strings"
	Map     Kind = "a map of strings"
	Object  Kind = "an object"
)

// Field describes one input.
type Field struct {
	Kind     Kind
	Required bool
	// Default is the value that the outputs show when the program gives none.
	Default any
	// Updates says that a change is taken in place; every other change replaces the resource.
	Updates bool
	// Secret outputs are encrypted in the state, whatever the program says.
	Secret bool
	// OneOf lists the values that a string, or each string of a list, may have.
	OneOf []string
	// Min is the smallest value that a number may have.
	Min *float64
	// Fields are the properties of an object.
	Fields map[string]Field
}

// Resource describes one type of resource.
type Resource struct {
	Inputs map[string]Field
	// Computed names the outputs that creation makes; true marks those that are secret.
	Computed map[string]bool
	// SchemaVersion is the version of the original's state, if it keeps one.
	SchemaVersion string
	// Plan completes the inputs where a default depends on other inputs, and refuses what contradicts itself.
	Plan func(inputs resource.PropertyMap) error
	// Create returns the computed outputs; inputs have their defaults, and neither secrets nor unknowns.
	Create func(inputs resource.PropertyMap) (id string, outputs resource.PropertyMap, err error)
	// Due says that the resource has to be made anew although nothing in the program changed, and by which output.
	Due func(state resource.PropertyMap, now time.Time) (output string, due bool)
}

// AtLeast is a Min.
func AtLeast(n float64) *float64 { return &n }

// plan is what the outputs show of the inputs: defaults included, secrets kept.
func (r *Resource) plan(inputs resource.PropertyMap) resource.PropertyMap {
	out := resource.PropertyMap{}
	for name, field := range r.Inputs {
		key := resource.PropertyKey(name)
		value, given := inputs[key]
		switch {
		case given && !value.IsNull():
			if field.Secret && !value.IsSecret() {
				value = resource.MakeSecret(value)
			}
			out[key] = value
		case field.Default != nil:
			out[key] = resource.NewPropertyValue(field.Default)
		}
	}
	return out
}

// meta is the original's marker of the version of its state.
func (r *Resource) meta(outputs resource.PropertyMap) {
	if r.SchemaVersion != "" {
		outputs["__meta"] = resource.NewStringProperty(`{"schema_version":"` + r.SchemaVersion + `"}`)
	}
}

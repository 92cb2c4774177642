// Package bridged serves resources that exist only in the state, like those of the tls and random plugins. A resource is
// a table of properties, from which the rules for changes follow, and a function that creates its outputs.
package bridged

import (
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Kind is the type of a property's value.
type Kind string

// Kinds of values.
const (
	String  Kind = "a string"
	Number  Kind = "a number"
	Bool    Kind = "a boolean"
	Strings Kind = "a list of strings"
	Map     Kind = "a map of strings"
	Object  Kind = "an object"
)

// Field describes an input.
type Field struct {
	Kind     Kind
	Required bool
	// Default is the value in the outputs if the program sets none.
	Default any
	// Updates says that a change updates the resource in place. Other changes replace it.
	Updates bool
	// Secret says that the output is always encrypted in the state.
	Secret bool
	// OneOf lists the allowed values of a string, or of each string in a list.
	OneOf []string
	// Min is the minimum of a number.
	Min *float64
	// Fields are the properties of an object.
	Fields map[string]Field
}

// Resource describes a resource type.
type Resource struct {
	Inputs map[string]Field
	// Computed lists the outputs that Create returns; true marks secret ones.
	Computed map[string]bool
	// SchemaVersion is the version of the official plugin's state, if it has one.
	SchemaVersion string
	// Plan sets defaults that depend on other inputs, and rejects contradictions.
	Plan func(inputs resource.PropertyMap) error
	// Create returns the ID and the computed outputs. The inputs have defaults, and no secrets or unknown values.
	Create func(inputs resource.PropertyMap) (id string, outputs resource.PropertyMap, err error)
	// Due says whether the resource must be replaced without a change in the program, and which output tells so.
	Due func(state resource.PropertyMap, now time.Time) (output string, due bool)
}

// AtLeast creates a value for Min.
func AtLeast(n float64) *float64 { return &n }

// plan returns the inputs as the outputs have them: with defaults and secrets.
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

// meta adds the version of the state, as the official plugin does.
func (r *Resource) meta(outputs resource.PropertyMap) {
	if r.SchemaVersion != "" {
		outputs["__meta"] = resource.NewStringProperty(`{"schema_version":"` + r.SchemaVersion + `"}`)
	}
}

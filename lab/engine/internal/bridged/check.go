package bridged

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// check rejects unknown properties, missing ones and wrong values, each by name.
func (r *Resource) check(inputs resource.PropertyMap) []plugin.CheckFailure {
	failures := checkFields("", r.Inputs, inputs)
	if len(failures) == 0 && r.Plan != nil && !inputs.ContainsUnknowns() {
		if err := r.Plan(unwrapSecrets(r.plan(inputs))); err != nil {
			failures = append(failures, plugin.CheckFailure{Reason: err.Error()})
		}
	}
	return failures
}

func checkFields(prefix string, fields map[string]Field, values resource.PropertyMap) []plugin.CheckFailure {
	var failures []plugin.CheckFailure
	fail := func(name, reason string) {
		failures = append(failures, plugin.CheckFailure{Property: resource.PropertyKey(prefix + name), Reason: reason})
	}
	for key, value := range values {
		name := string(key)
		field, known := fields[name]
		switch {
		case strings.HasPrefix(name, "__"):
		case !known:
			fail(name, "unknown property: use one of "+strings.Join(names(fields), ", "))
		case field.Kind == Object && unwrapSecret(value).IsObject():
			failures = append(failures, checkFields(prefix+name+".", field.Fields, unwrapSecret(value).ObjectValue())...)
		default:
			if reason := field.findProblem(unwrapSecret(value)); reason != "" {
				fail(name, reason)
			}
		}
	}
	for name, field := range fields {
		if field.Required && !values.HasValue(resource.PropertyKey(name)) {
			fail(name, "missing required property")
		}
	}
	sort.Slice(failures, func(i, j int) bool { return failures[i].Property < failures[j].Property })
	return failures
}

// findProblem says what is wrong with a value; the empty string if nothing is.
func (f Field) findProblem(value resource.PropertyValue) string {
	if value.IsComputed() || value.IsOutput() || value.IsNull() {
		return ""
	}
	ok := false
	switch f.Kind {
	case String:
		ok = value.IsString()
	case Number:
		ok = value.IsNumber()
	case Bool:
		ok = value.IsBool()
	case Strings:
		ok = value.IsArray()
	case Map, Object:
		ok = value.IsObject()
	}
	if !ok {
		return fmt.Sprintf("must be %s (got %s)", f.Kind, value.TypeString())
	}
	if f.Min != nil && value.NumberValue() < *f.Min {
		return fmt.Sprintf("must be at least %v (got %v)", *f.Min, value.NumberValue())
	}
	each := []resource.PropertyValue{value}
	if f.Kind == Strings {
		each = value.ArrayValue()
	}
	for _, one := range each {
		one = unwrapSecret(one)
		if f.Kind == Strings && !one.IsString() && !one.IsComputed() {
			return fmt.Sprintf("must be %s (got a list of %s)", f.Kind, one.TypeString())
		}
		if len(f.OneOf) > 0 && one.IsString() && !slices.Contains(f.OneOf, one.StringValue()) {
			return fmt.Sprintf("must be one of %s (got %q)", strings.Join(f.OneOf, ", "), one.StringValue())
		}
	}
	return ""
}

func names(fields map[string]Field) []string {
	var out []string
	for name := range fields {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

// unwrapSecret returns the value of a secret; other values stay as they are.
func unwrapSecret(value resource.PropertyValue) resource.PropertyValue {
	for value.IsSecret() {
		value = value.SecretValue().Element
	}
	return value
}

// unwrapSecrets replaces secrets by their values at any depth.
func unwrapSecrets(values resource.PropertyMap) resource.PropertyMap {
	out := resource.PropertyMap{}
	for key, value := range values {
		out[key] = unwrapSecretsIn(value)
	}
	return out
}

func unwrapSecretsIn(value resource.PropertyValue) resource.PropertyValue {
	value = unwrapSecret(value)
	switch {
	case value.IsObject():
		return resource.NewObjectProperty(unwrapSecrets(value.ObjectValue()))
	case value.IsArray():
		var out []resource.PropertyValue
		for _, one := range value.ArrayValue() {
			out = append(out, unwrapSecretsIn(one))
		}
		return resource.NewArrayProperty(out)
	default:
		return value
	}
}

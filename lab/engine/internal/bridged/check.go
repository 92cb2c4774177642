package bridged

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// check refuses unknown properties, missing ones and wrong values, each by its name.
func (r *Resource) check(inputs resource.PropertyMap) []plugin.CheckFailure {
	failures := checkFields("", r.Inputs, inputs)
	if len(failures) == 0 && r.Plan != nil && !inputs.ContainsUnknowns() {
		if err := r.Plan(plain(r.plan(inputs))); err != nil {
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
			fail(name, "unknown property; known are "+strings.Join(names(fields), ", "))
		case field.Kind == Object && bare(value).IsObject():
			failures = append(failures, checkFields(prefix+name+".", field.Fields, bare(value).ObjectValue())...)
		default:
			if reason := field.refuse(bare(value)); reason != "" {
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

// refuse says what is wrong with a value, or nothing.
func (f Field) refuse(value resource.PropertyValue) string {
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
		return fmt.Sprintf("expected %s, got %s", f.Kind, value.TypeString())
	}
	if f.Min != nil && value.NumberValue() < *f.Min {
		return fmt.Sprintf("must be at least %v, got %v", *f.Min, value.NumberValue())
	}
	each := []resource.PropertyValue{value}
	if f.Kind == Strings {
		each = value.ArrayValue()
	}
	for _, one := range each {
		one = bare(one)
		if f.Kind == Strings && !one.IsString() && !one.IsComputed() {
			return fmt.Sprintf("expected %s, got a list of %s", f.Kind, one.TypeString())
		}
		if len(f.OneOf) > 0 && one.IsString() && !slices.Contains(f.OneOf, one.StringValue()) {
			return fmt.Sprintf("%q is none of %s", one.StringValue(), strings.Join(f.OneOf, ", "))
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

// bare takes the secrecy off a value.
func bare(value resource.PropertyValue) resource.PropertyValue {
	for value.IsSecret() {
		value = value.SecretValue().Element
	}
	return value
}

// plain is the map without secrecy at any depth.
func plain(values resource.PropertyMap) resource.PropertyMap {
	out := resource.PropertyMap{}
	for key, value := range values {
		out[key] = plainValue(value)
	}
	return out
}

func plainValue(value resource.PropertyValue) resource.PropertyValue {
	value = bare(value)
	switch {
	case value.IsObject():
		return resource.NewObjectProperty(plain(value.ObjectValue()))
	case value.IsArray():
		var out []resource.PropertyValue
		for _, one := range value.ArrayValue() {
			out = append(out, plainValue(one))
		}
		return resource.NewArrayProperty(out)
	default:
		return value
	}
}

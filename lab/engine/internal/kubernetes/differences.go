package kubernetes

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// difference is one place where what is asked for is not what is.
type difference struct {
	path []any
	kind plugin.DiffKind
	// value is what is added or updated to.
	value any
}

// differences walks from what is to what is asked for. Lists are compared by position.
func differences(path []any, old, new any) []difference {
	here := func(kind plugin.DiffKind) []difference {
		return []difference{{path: slices.Clone(path), kind: kind, value: new}}
	}
	if _, ok := new.(unknown); ok {
		return here(plugin.DiffUpdate)
	}
	switch new := new.(type) {
	case map[string]any:
		if old, ok := old.(map[string]any); ok {
			return mapDifferences(path, old, new)
		}
	case []any:
		if old, ok := old.([]any); ok {
			return listDifferences(path, old, new)
		}
	}
	if reflect.DeepEqual(old, new) || sameNumber(old, new) {
		return nil
	}
	return here(plugin.DiffUpdate)
}

func mapDifferences(path []any, old, new map[string]any) []difference {
	var out []difference
	for key, v := range new {
		before, ok := old[key]
		if !ok {
			out = append(out, difference{slices.Clone(append(path, key)), plugin.DiffAdd, v})
			continue
		}
		out = append(out, differences(append(path, key), before, v)...)
	}
	for key := range old {
		if _, ok := new[key]; !ok {
			out = append(out, difference{slices.Clone(append(path, key)), plugin.DiffDelete, nil})
		}
	}
	return out
}

func listDifferences(path []any, old, new []any) []difference {
	var out []difference
	for i := 0; i < max(len(old), len(new)); i++ {
		switch {
		case i >= len(old):
			out = append(out, difference{slices.Clone(append(path, i)), plugin.DiffAdd, new[i]})
		case i >= len(new):
			out = append(out, difference{slices.Clone(append(path, i)), plugin.DiffDelete, nil})
		default:
			out = append(out, differences(append(path, i), old[i], new[i])...)
		}
	}
	return out
}

func sameNumber(a, b any) bool {
	x, okA := number(a)
	y, okB := number(b)
	return okA && okB && x == y
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	default:
		return 0, false
	}
}

// touches says whether a difference lies at, under or around a field such as spec.selector.
func (d difference) touches(field string) bool {
	steps := strings.Split(field, ".")
	for i, step := range steps {
		if i >= len(d.path) {
			return contains(d.value, steps[i:])
		}
		if name, ok := d.path[i].(string); !ok || name != step {
			return false
		}
	}
	return true
}

func contains(v any, steps []string) bool {
	for _, step := range steps {
		m, ok := v.(map[string]any)
		if !ok {
			return false
		}
		if v, ok = m[step]; !ok {
			return false
		}
	}
	return true
}

// String writes the path in the engine's notation.
func (d difference) String() string {
	var out strings.Builder
	for _, step := range d.path {
		switch step := step.(type) {
		case int:
			fmt.Fprintf(&out, "[%d]", step)
		case string:
			switch {
			case strings.ContainsAny(step, `."[]`):
				fmt.Fprintf(&out, `["%s"]`, strings.ReplaceAll(step, `"`, `\"`))
			case out.Len() == 0:
				out.WriteString(step)
			default:
				out.WriteString("." + step)
			}
		}
	}
	return out.String()
}

// detailed turns differences into the engine's form, without those that the program ignores, and with those marked that
// replace the resource.
func detailed(all []difference, ignore []string, replaces func(difference) bool) (map[string]plugin.PropertyDiff, error) {
	var ignored []resource.PropertyPath
	for _, text := range ignore {
		path, err := resource.ParsePropertyPath(text)
		if err != nil {
			return nil, fmt.Errorf("failed to parse ignoreChanges %q: %w", text, err)
		}
		ignored = append(ignored, path)
	}
	out := map[string]plugin.PropertyDiff{}
	for _, d := range all {
		if slices.ContainsFunc(ignored, func(p resource.PropertyPath) bool { return p.Contains(d.path) }) {
			continue
		}
		kind := d.kind
		if replaces(d) {
			kind = kind.AsReplace()
		}
		out[d.String()] = plugin.PropertyDiff{Kind: kind, InputDiff: d.kind == plugin.DiffDelete}
	}
	return out, nil
}

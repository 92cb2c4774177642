package kubernetes

import (
	"math"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// unknown stands for a value that a preview does not know yet.
type unknown struct{}

// object turns properties into what the API server takes: without secrecy, without nulls, whole numbers as integers.
func object(properties resource.PropertyMap) map[string]any {
	out := map[string]any{}
	for key, v := range properties {
		if converted := value(v); converted != nil {
			out[string(key)] = converted
		}
	}
	return out
}

func value(v resource.PropertyValue) any {
	switch {
	case v.IsSecret():
		return value(v.SecretValue().Element)
	case v.IsOutput():
		if !v.OutputValue().Known {
			return unknown{}
		}
		return value(v.OutputValue().Element)
	case v.IsComputed():
		return unknown{}
	case v.IsBool():
		return v.BoolValue()
	case v.IsString():
		return v.StringValue()
	case v.IsNumber():
		if n := v.NumberValue(); n == math.Trunc(n) && math.Abs(n) < 1<<53 {
			return int64(n)
		}
		return v.NumberValue()
	case v.IsArray():
		out := []any{}
		for _, one := range v.ArrayValue() {
			out = append(out, value(one))
		}
		return out
	case v.IsObject():
		return object(v.ObjectValue())
	default:
		return nil
	}
}

// properties is the way back.
func properties(obj map[string]any) resource.PropertyMap {
	return resource.NewPropertyMapFromMapRepl(obj, nil, func(v any) (resource.PropertyValue, bool) {
		if _, ok := v.(unknown); ok {
			return resource.MakeComputed(resource.NewStringProperty("")), true
		}
		return resource.PropertyValue{}, false
	})
}

// hasUnknowns says whether anything in a value is not known yet.
func hasUnknowns(v any) bool {
	switch v := v.(type) {
	case unknown:
		return true
	case map[string]any:
		for _, one := range v {
			if hasUnknowns(one) {
				return true
			}
		}
	case []any:
		for _, one := range v {
			if hasUnknowns(one) {
				return true
			}
		}
	}
	return false
}

// known drops what is not known yet.
func known(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, one := range v {
			if _, ok := one.(unknown); !ok {
				out[key] = known(one)
			}
		}
		return out
	case []any:
		out := []any{}
		for _, one := range v {
			if _, ok := one.(unknown); !ok {
				out = append(out, known(one))
			}
		}
		return out
	default:
		return v
	}
}

// at finds a nested value.
func at(obj map[string]any, path ...string) any {
	var v any = obj
	for _, step := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[step]
	}
	return v
}

func textAt(obj map[string]any, path ...string) string {
	s, _ := at(obj, path...).(string)
	return s
}

func numberAt(obj map[string]any, path ...string) (int64, bool) {
	switch n := at(obj, path...).(type) {
	case int64:
		return n, true
	case float64:
		return int64(n), true
	default:
		return 0, false
	}
}

// clone copies maps and lists at any depth.
func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, one := range v {
			out[key] = clone(one)
		}
		return out
	case []any:
		out := []any{}
		for _, one := range v {
			out = append(out, clone(one))
		}
		return out
	default:
		return v
	}
}

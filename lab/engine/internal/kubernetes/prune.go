package kubernetes

import "reflect"

// prune keeps of source what has a counterpart in shape: of the live object, what the program asked for. The rest is the
// cluster's own business, defaults and status, and no difference.
func prune(source, shape map[string]any) map[string]any {
	out := map[string]any{}
	for key, v := range source {
		if wanted, ok := shape[key]; ok {
			out[key] = pruneValue(v, wanted)
		}
	}
	return out
}

func pruneValue(v, wanted any) any {
	if reflect.TypeOf(v) != reflect.TypeOf(wanted) {
		return v
	}
	switch v := v.(type) {
	case map[string]any:
		return prune(v, wanted.(map[string]any))
	case []any:
		out := []any{}
		for i, one := range wanted.([]any) {
			if i < len(v) {
				out = append(out, pruneValue(v[i], one))
			}
		}
		return out
	default:
		return v
	}
}

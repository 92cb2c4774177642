package kubernetes

import (
	"encoding/base64"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// readOnly are the fields of metadata that only the API server writes.
var readOnly = []string{
	"creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation", "managedFields",
	"resourceVersion", "uid",
}

// normalize brings inputs into the form in which the API server gives them back ("0.1" of a CPU is "100m"), so that only
// real differences show as such. Inputs with unknown values stay as they are.
func (k kind) normalize(obj map[string]any) map[string]any {
	out := obj
	if k.typed != nil && !hasUnknowns(obj) {
		switch {
		case k.Resource == "secrets":
			out = normalizeSecret(obj)
		default:
			typed := k.typed()
			if err := runtime.DefaultUnstructuredConverter.FromUnstructured(obj, typed); err == nil {
				if back, err := runtime.DefaultUnstructuredConverter.ToUnstructured(typed); err == nil {
					out = prune(back, obj)
				}
			}
		}
	}
	out = clone(out).(map[string]any)
	if metadata, ok := out["metadata"].(map[string]any); ok {
		for _, field := range readOnly {
			delete(metadata, field)
		}
	}
	return out
}

// normalizeSecret moves stringData into data, as the API server does.
func normalizeSecret(obj map[string]any) map[string]any {
	out := map[string]any{}
	for key, v := range obj {
		out[key] = v
	}
	data := map[string]any{}
	if given, ok := obj["data"].(map[string]any); ok {
		for key, v := range given {
			data[key] = v
			if text, ok := v.(string); ok {
				if raw, err := base64.StdEncoding.DecodeString(text); err == nil {
					data[key] = base64.StdEncoding.EncodeToString(raw)
				}
			}
		}
		out["data"] = data
	}
	if given, ok := obj["stringData"].(map[string]any); ok && len(given) > 0 {
		for key, v := range given {
			if text, ok := v.(string); ok {
				data[key] = base64.StdEncoding.EncodeToString([]byte(text))
			}
		}
		out["data"] = data
		delete(out, "stringData")
	}
	return out
}

// refuse names the fields that the kind does not have. Of a custom resource only the frame is known here; its spec is
// checked by the API server.
func (k kind) refuse(obj map[string]any) error {
	given, _ := known(obj).(map[string]any)
	if k.typed != nil {
		return strict(given, k.typed())
	}
	frame := map[string]any{}
	for key, v := range given {
		if key != "spec" {
			frame[key] = v
		}
	}
	return strict(frame, &metav1.PartialObjectMetadata{})
}

func strict(obj map[string]any, typed any) error {
	return runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(obj, typed, true)
}

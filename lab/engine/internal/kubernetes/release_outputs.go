package kubernetes

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// describe adds to the inputs what Helm recorded.
func describe(base, inputs resource.PropertyMap, stored *storedRelease) (resource.PropertyMap, error) {
	names, err := stored.resourceNames()
	if err != nil {
		return nil, fmt.Errorf("could not read the manifest of release %s/%s: %w", stored.Namespace, stored.Name, err)
	}
	meta := stored.Chart.Metadata
	values := open(base["values"])
	merged := map[string]any{}
	if values.IsObject() {
		merged = object(values.ObjectValue())
	}
	live := properties(merge(merged, nonNil(stored.Config)))
	if values.IsObject() {
		markSecrets(live, values.ObjectValue())
	}
	base["values"] = resource.NewObjectProperty(live)
	if inputs["values"].IsSecret() {
		base["values"] = resource.MakeSecret(base["values"])
	}
	base["version"] = resource.NewStringProperty(meta.Version)
	base["resourceNames"] = resource.NewObjectProperty(properties(names))
	base["status"] = resource.NewObjectProperty(properties(map[string]any{
		"appVersion": meta.AppVersion, "chart": meta.Name, "name": stored.Name, "namespace": stored.Namespace,
		"revision": int64(stored.Revision), "status": stored.Info.Status, "version": meta.Version,
	}))
	base["__inputs"] = resource.MakeSecret(resource.NewObjectProperty(inputs))
	return base, nil
}

// merge lays over onto base, map by map.
func merge(base, over map[string]any) map[string]any {
	for key, v := range over {
		below, isMap := base[key].(map[string]any)
		above, overMap := v.(map[string]any)
		if isMap && overMap {
			base[key] = merge(below, above)
		} else {
			base[key] = v
		}
	}
	return base
}

func nonNil(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

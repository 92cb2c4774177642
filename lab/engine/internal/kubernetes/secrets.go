package kubernetes

import "github.com/pulumi/pulumi/sdk/v3/go/common/resource"

// markSecrets makes secret in out what is secret in from, object by object, so that one secret does not hide all around
// it. The data of a Secret is always secret, whatever the program says.
func markSecrets(out, from resource.PropertyMap) {
	if kind := out["kind"]; kind.IsString() && kind.StringValue() == "Secret" {
		for _, key := range []resource.PropertyKey{"data", "stringData"} {
			if v, ok := out[key]; ok && !v.IsSecret() {
				out[key] = resource.MakeSecret(v)
			}
		}
		return
	}
	for key, given := range from {
		v, ok := out[key]
		switch {
		case !ok:
		case v.IsObject() && given.IsObject():
			markSecrets(v.ObjectValue(), given.ObjectValue())
		case !v.IsSecret() && given.ContainsSecrets():
			out[key] = resource.MakeSecret(v)
		}
	}
}

// checkpoint is the state of an object: what the API server answered, beside what was asked for.
func checkpoint(inputs, live map[string]any, from resource.PropertyMap, apiVersion, manager string) resource.PropertyMap {
	out, asked := properties(live), properties(inputs)
	markSecrets(out, from)
	markSecrets(asked, from)
	out["__inputs"] = resource.NewObjectProperty(asked)
	out["__initialApiVersion"] = resource.NewStringProperty(apiVersion)
	out["__fieldManager"] = resource.NewStringProperty(manager)
	return out
}

// saved takes a state apart again.
func saved(state resource.PropertyMap) (inputs, live map[string]any) {
	live = object(state)
	inputs, _ = live["__inputs"].(map[string]any)
	delete(live, "__inputs")
	delete(live, "__initialApiVersion")
	delete(live, "__fieldManager")
	if inputs == nil {
		inputs = map[string]any{}
	}
	return inputs, live
}

package kubernetes

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"k8s.io/apimachinery/pkg/runtime"
)

// checkObject refuses what the kind does not have, and gives the object its name and namespace.
func (p *Provider) checkObject(k kind, req plugin.CheckRequest) (plugin.CheckResponse, error) {
	inputs := object(req.News)
	inputs["apiVersion"] = k.GroupVersion().String()
	inputs["kind"] = req.Type.Name().String()
	if failures := refusals(k, inputs); len(failures) > 0 {
		return plugin.CheckResponse{Properties: req.News, Failures: failures}, nil
	}
	inputs = k.normalize(inputs)
	if err := assignName(inputs, object(req.Olds), req); err != nil {
		return plugin.CheckResponse{}, err
	}
	metadata := metadataOf(inputs)
	if metadata["namespace"] == nil && !k.clusterWide && p.cluster != nil {
		metadata["namespace"] = p.cluster.namespace
	}
	checked := properties(inputs)
	markSecrets(checked, req.News)
	return plugin.CheckResponse{Properties: checked}, nil
}

func refusals(k kind, inputs map[string]any) []plugin.CheckFailure {
	var failures []plugin.CheckFailure
	for _, name := range unsupported {
		if annotation(inputs, name) != "" {
			failures = append(failures, plugin.CheckFailure{
				Property: "metadata", Reason: fmt.Sprintf("the stand-in for the kubernetes plugin does not know the annotation %s", name),
			})
		}
	}
	if err := k.refuse(inputs); err != nil {
		reasons := []string{err.Error()}
		if strict, ok := runtime.AsStrictDecodingError(err); ok {
			reasons = nil
			for _, one := range strict.Errors() {
				reasons = append(reasons, one.Error())
			}
		}
		failures = append(failures, plugin.CheckFailure{Reason: strings.Join(reasons, "; ")})
	}
	return failures
}

// diffObject compares the live object, as far as the program cares, with the inputs.
func (p *Provider) diffObject(k kind, req plugin.DiffRequest) (plugin.DiffResponse, error) {
	oldInputs, live := saved(req.OldOutputs)
	inputs := k.normalize(object(req.NewInputs))
	was := prune(live, k.normalize(oldInputs))
	metadata := metadataOf(was)
	if textAt(inputs, "metadata", "name") != "" {
		metadata["name"] = textAt(live, "metadata", "name")
	}
	delete(metadata, "resourceVersion")

	fields := p.replacing(k, inputs)
	detail, err := detailed(differences(nil, was, inputs), req.IgnoreChanges, func(d difference) bool {
		return touchesAny(d, fields) && !touchesAny(d, k.updates)
	})
	if err != nil {
		return plugin.DiffResponse{}, err
	}
	result := plugin.DiffResult{Changes: plugin.DiffNone, DetailedDiff: detail}
	replaces := false
	for _, d := range detail {
		result.Changes = plugin.DiffSome
		replaces = replaces || d.Kind.IsReplace()
	}
	// Two objects of one name cannot be there at once.
	result.DeleteBeforeReplace = replaces && annotation(inputs, autonamed) != "true" &&
		textAt(inputs, "metadata", "name") == textAt(live, "metadata", "name") &&
		textAt(inputs, "metadata", "namespace") == textAt(live, "metadata", "namespace")
	return result, nil
}

// replacing lists the fields whose change replaces the object. The data of a Secret or a ConfigMap is among them unless
// the provider is told otherwise, so that pods which use it are made to notice.
func (p *Provider) replacing(k kind, inputs map[string]any) []string {
	fields := append([]string{"metadata.name", "metadata.namespace"}, k.replaces...)
	immutable := inputs["immutable"] == true
	switch {
	case k.Resource == "secrets" && (!p.settings.secretMutable || immutable):
		fields = append(fields, "data", "stringData")
	case k.Resource == "configmaps" && (!p.settings.configMapMutable || immutable):
		fields = append(fields, "data", "binaryData")
	}
	return fields
}

func touchesAny(d difference, fields []string) bool {
	for _, field := range fields {
		if d.touches(field) {
			return true
		}
	}
	return false
}

// managerOf finds the owner of the fields that a resource applies: asked for, remembered, or new.
func managerOf(state resource.PropertyMap, inputs map[string]any) (string, error) {
	if asked := annotation(inputs, patchManager); asked != "" {
		return asked, nil
	}
	if v, ok := state["__fieldManager"]; ok && v.IsString() {
		return v.StringValue(), nil
	}
	return newManager()
}

package kubernetes

import (
	"errors"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// Annotations by which a program steers the plugin.
const (
	autonamed    = "pulumi.com/autonamed"
	skipAwait    = "pulumi.com/skipAwait"
	timeout      = "pulumi.com/timeoutSeconds"
	patchForce   = "pulumi.com/patchForce"
	patchManager = "pulumi.com/patchFieldManager"
	propagation  = "pulumi.com/deletionPropagationPolicy"
)

// unsupported are annotations that the official plugin knows and this stand-in does not: refused, not ignored.
var unsupported = []string{"pulumi.com/waitFor", "pulumi.com/replaceUnready"}

func annotation(obj map[string]any, name string) string {
	return textAt(obj, "metadata", "annotations", name)
}

func metadataOf(obj map[string]any) map[string]any {
	metadata, ok := obj["metadata"].(map[string]any)
	if !ok {
		metadata = map[string]any{}
		obj["metadata"] = metadata
	}
	return metadata
}

// assignName gives an object without a name its former generated name, or a new one.
func assignName(obj, old map[string]any, req plugin.CheckRequest) error {
	metadata := metadataOf(obj)
	if metadata["generateName"] != nil {
		return errors.New("the .metadata.generateName field is not supported in Server-Side Apply mode")
	}
	if metadata["name"] != nil && metadata["name"] != "" {
		return nil
	}
	name := ""
	if annotation(old, autonamed) == "true" {
		name = textAt(old, "metadata", "name")
	}
	switch {
	case name != "":
	case req.Autonaming != nil && req.Autonaming.Mode == plugin.AutonamingModeDisabled:
		return errors.New("autonaming is disabled, resource requires the .metadata.name field to be set")
	case req.Autonaming != nil && req.Autonaming.ProposedName != "":
		name = req.Autonaming.ProposedName
	default:
		made, err := resource.NewUniqueName(req.RandomSeed, req.URN.Name()+"-", 0, 0, nil)
		if err != nil {
			return err
		}
		name = made
	}
	metadata["name"] = name
	annotations, ok := metadata["annotations"].(map[string]any)
	if !ok {
		annotations = map[string]any{}
		metadata["annotations"] = annotations
	}
	annotations[autonamed] = "true"
	return nil
}

// newManager names the owner of the fields that one resource applies.
func newManager() (string, error) {
	return resource.NewUniqueName(nil, "pulumi-kubernetes-", 0, 0, nil)
}

func idOf(obj map[string]any) resource.ID {
	return joinID(textAt(obj, "metadata", "namespace"), textAt(obj, "metadata", "name"))
}

func joinID(namespace, name string) resource.ID {
	if namespace == "" {
		return resource.ID(name)
	}
	return resource.ID(namespace + "/" + name)
}

func splitID(id resource.ID) (namespace, name string) {
	namespace, name, found := strings.Cut(string(id), "/")
	if !found {
		return "", namespace
	}
	return namespace, name
}

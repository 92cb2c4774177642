package env

import (
	"fmt"
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"lab/node/internal/objects"
)

// Builder makes environments out of what pods refer to.
type Builder struct {
	Objects *objects.Objects
	Node    *objects.Node
}

// Environment is a set of variables.
type Environment map[string]string

// Lookup finds a variable, for [Expand].
func (e Environment) Lookup(name string) (string, bool) {
	value, known := e[name]
	return value, known
}

// List returns the variables as a process takes them.
func (e Environment) List() []string {
	list := make([]string, 0, len(e))
	for _, name := range slices.Sorted(maps.Keys(e)) {
		list = append(list, name+"="+e[name])
	}
	return list
}

// Build returns the environment of a container: that of its services, of its image (base), and its own.
func (b *Builder) Build(pod *corev1.Pod, container *corev1.Container, base Environment) (Environment, error) {
	result := Environment{}
	services, err := b.services(pod)
	if err != nil {
		return nil, err
	}
	maps.Copy(result, services)
	maps.Copy(result, base)
	for i := range container.EnvFrom {
		values, err := b.from(pod.Namespace, &container.EnvFrom[i])
		if err != nil {
			return nil, err
		}
		maps.Copy(result, values)
	}
	for i := range container.Env {
		variable := &container.Env[i]
		if variable.ValueFrom == nil {
			result[variable.Name] = Expand(variable.Value, result.Lookup)
			continue
		}
		value, present, err := b.value(pod, container, variable.ValueFrom)
		if err != nil {
			return nil, err
		}
		if present {
			result[variable.Name] = value
		}
	}
	return result, nil
}

// value resolves a valueFrom; what is optional may be absent.
func (b *Builder) value(pod *corev1.Pod, c *corev1.Container, from *corev1.EnvVarSource) (string, bool, error) {
	switch {
	case from.FieldRef != nil:
		value, err := objects.Field(pod, b.Node, from.FieldRef.FieldPath)
		return value, true, err
	case from.ResourceFieldRef != nil:
		value, err := objects.Resource(pod, b.Node, c, from.ResourceFieldRef)
		return value, true, err
	case from.SecretKeyRef != nil:
		ref := from.SecretKeyRef
		values, err := b.secret(pod.Namespace, ref.Name)
		return pick(values, ref.Key, "Secret", pod.Namespace, ref.Name, optional(ref.Optional), err)
	case from.ConfigMapKeyRef != nil:
		ref := from.ConfigMapKeyRef
		values, err := b.configMap(pod.Namespace, ref.Name)
		return pick(values, ref.Key, "ConfigMap", pod.Namespace, ref.Name, optional(ref.Optional), err)
	}
	return "", false, fmt.Errorf("unsupported valueFrom in container %s", c.Name)
}

func pick(
	values Environment, key, kind, namespace, name string, optional bool, err error,
) (string, bool, error) {
	if err != nil {
		if optional && apierrors.IsNotFound(err) {
			return "", false, nil
		}
		return "", false, err
	}
	value, present := values[key]
	if !present && !optional {
		return "", false, fmt.Errorf("couldn't find key %s in %s %s/%s", key, kind, namespace, name)
	}
	return value, present, nil
}

// from resolves an envFrom.
func (b *Builder) from(namespace string, source *corev1.EnvFromSource) (Environment, error) {
	var values Environment
	var err error
	var mayMiss bool
	switch {
	case source.SecretRef != nil:
		values, err = b.secret(namespace, source.SecretRef.Name)
		mayMiss = optional(source.SecretRef.Optional)
	case source.ConfigMapRef != nil:
		values, err = b.configMap(namespace, source.ConfigMapRef.Name)
		mayMiss = optional(source.ConfigMapRef.Optional)
	}
	if err != nil {
		if mayMiss && apierrors.IsNotFound(err) {
			return nil, nil
		}
		return nil, err
	}
	prefixed := Environment{}
	for name, value := range values {
		prefixed[source.Prefix+name] = value
	}
	return prefixed, nil
}

func (b *Builder) secret(namespace, name string) (Environment, error) {
	secret, err := b.Objects.Secrets.Secrets(namespace).Get(name)
	if err != nil {
		return nil, err
	}
	values := Environment{}
	for key, value := range secret.Data {
		values[key] = string(value)
	}
	return values, nil
}

func (b *Builder) configMap(namespace, name string) (Environment, error) {
	configMap, err := b.Objects.ConfigMaps.ConfigMaps(namespace).Get(name)
	if err != nil {
		return nil, err
	}
	return configMap.Data, nil
}

func optional(flag *bool) bool { return flag != nil && *flag }

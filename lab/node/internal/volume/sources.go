package volume

import (
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"lab/node/internal/objects"
)

const defaultMode int32 = 0o644

func isSet(flag *bool) bool { return flag != nil && *flag }

// keys selects items of a Secret or ConfigMap.
func keys(
	data map[string][]byte, items []corev1.KeyToPath, mode *int32, optional bool, what string,
) (Payload, error) {
	result := Payload{}
	if len(items) == 0 {
		for key, value := range data {
			result[key] = file(value, nil, mode)
		}
		return result, nil
	}
	for _, item := range items {
		value, present := data[item.Key]
		if !present {
			if optional {
				continue
			}
			return nil, fmt.Errorf("references non-existent key of %s: %s", what, item.Key)
		}
		if err := checkPath(item.Path); err != nil {
			return nil, err
		}
		result[item.Path] = file(value, item.Mode, mode)
	}
	return result, nil
}

func file(data []byte, own, common *int32) File {
	mode := defaultMode
	if common != nil {
		mode = *common
	}
	if own != nil {
		mode = *own
	}
	return File{Data: data, Mode: fs.FileMode(mode).Perm()}
}

func checkPath(path string) error {
	if !filepath.IsLocal(path) || strings.HasPrefix(path, "..") {
		return fmt.Errorf("path %q leaves the volume", path)
	}
	return nil
}

func (s *Set) secret(name string, items []corev1.KeyToPath, mode *int32, optional *bool) (Payload, error) {
	secret, err := s.Objects.Secrets.Secrets(s.pod.Namespace).Get(name)
	if apierrors.IsNotFound(err) && isSet(optional) {
		return Payload{}, nil
	}
	if err != nil {
		return nil, err
	}
	return keys(secret.Data, items, mode, isSet(optional), "secret "+name)
}

func (s *Set) configMap(name string, items []corev1.KeyToPath, mode *int32, optional *bool) (Payload, error) {
	configMap, err := s.Objects.ConfigMaps.ConfigMaps(s.pod.Namespace).Get(name)
	if apierrors.IsNotFound(err) && isSet(optional) {
		return Payload{}, nil
	}
	if err != nil {
		return nil, err
	}
	data := maps.Clone(configMap.BinaryData)
	if data == nil {
		data = map[string][]byte{}
	}
	for key, value := range configMap.Data {
		data[key] = []byte(value)
	}
	return keys(data, items, mode, isSet(optional), "configmap "+name)
}

func (s *Set) downward(items []corev1.DownwardAPIVolumeFile, mode *int32) (Payload, error) {
	result := Payload{}
	for _, item := range items {
		var value string
		var err error
		switch {
		case item.FieldRef != nil:
			value, err = objects.Field(s.pod, s.Node, item.FieldRef.FieldPath)
		case item.ResourceFieldRef != nil:
			value, err = objects.Resource(s.pod, s.Node, nil, item.ResourceFieldRef)
		default:
			err = fmt.Errorf("downward API file %s has no source", item.Path)
		}
		if err == nil {
			err = checkPath(item.Path)
		}
		if err != nil {
			return nil, err
		}
		result[item.Path] = file([]byte(value), item.Mode, mode)
	}
	return result, nil
}

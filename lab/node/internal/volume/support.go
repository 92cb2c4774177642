package volume

import (
	"encoding/json"

	corev1 "k8s.io/api/core/v1"
)

// Unsupported names the kind of a volume that this node does not have, or nothing.
func Unsupported(volume *corev1.Volume) string {
	source := &volume.VolumeSource
	switch {
	case source.EmptyDir != nil, source.Secret != nil, source.ConfigMap != nil, source.DownwardAPI != nil:
		return ""
	case source.Projected != nil:
		for i := range source.Projected.Sources {
			s := &source.Projected.Sources[i]
			if s.Secret == nil && s.ConfigMap == nil && s.DownwardAPI == nil && s.ServiceAccountToken == nil {
				return "projected " + kind(s)
			}
		}
		return ""
	}
	return kind(source)
}

// kind is the name of the one field that is set.
func kind(source any) string {
	data, err := json.Marshal(source)
	fields := map[string]json.RawMessage{}
	if err == nil && json.Unmarshal(data, &fields) == nil {
		for name := range fields {
			return name
		}
	}
	return "unknown"
}

// References tells whether a pod uses a Secret or ConfigMap in a volume or its environment.
func References(pod *corev1.Pod, kind, name string) bool {
	secret := kind == "Secret"
	for i := range pod.Spec.Volumes {
		volume := &pod.Spec.Volumes[i]
		if secret && volume.Secret != nil && volume.Secret.SecretName == name ||
			!secret && volume.ConfigMap != nil && volume.ConfigMap.Name == name {
			return true
		}
		if volume.Projected == nil {
			continue
		}
		for _, source := range volume.Projected.Sources {
			if secret && source.Secret != nil && source.Secret.Name == name ||
				!secret && source.ConfigMap != nil && source.ConfigMap.Name == name {
				return true
			}
		}
	}
	return false
}

package volume

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"time"

	corev1 "k8s.io/api/core/v1"

	"lab/node/internal/objects"
)

// retry is when a token that could not be renewed is tried again.
const retry = 10 * time.Second

// Set is the volumes of one pod. It is not for concurrent use.
type Set struct {
	Objects *objects.Objects
	Node    *objects.Node
	// Dir is where the volumes are.
	Dir string

	pod     *corev1.Pod
	tokens  map[string]*token
	refresh time.Time
}

// Path of a volume on the host.
func (s *Set) Path(volume string) string { return filepath.Join(s.Dir, volume) }

// Sync fills the volumes of a pod, or brings them up to date. The time returned is when it must be called again
// at the latest, for tokens to be renewed; zero means never.
func (s *Set) Sync(ctx context.Context, pod *corev1.Pod) (time.Time, error) {
	s.pod, s.refresh = pod, time.Time{}
	if s.tokens == nil {
		s.tokens = map[string]*token{}
	}
	for i := range pod.Spec.Volumes {
		volume := &pod.Spec.Volumes[i]
		if err := s.fill(ctx, volume); err != nil {
			return s.refresh, fmt.Errorf("MountVolume.SetUp failed for volume %q : %w", volume.Name, err)
		}
	}
	return s.refresh, nil
}

func (s *Set) fill(ctx context.Context, volume *corev1.Volume) error {
	if volume.EmptyDir != nil {
		return s.empty(volume.Name)
	}
	payload, err := s.payload(ctx, volume)
	if err != nil {
		return err
	}
	_, err = Write(s.Path(volume.Name), payload, fsGroup(s.pod))
	return err
}

func (s *Set) payload(ctx context.Context, volume *corev1.Volume) (Payload, error) {
	switch {
	case volume.Secret != nil:
		return s.secret(volume.Secret.SecretName, volume.Secret.Items, volume.Secret.DefaultMode, volume.Secret.Optional)
	case volume.ConfigMap != nil:
		source := volume.ConfigMap
		return s.configMap(source.Name, source.Items, source.DefaultMode, source.Optional)
	case volume.DownwardAPI != nil:
		return s.downward(volume.DownwardAPI.Items, volume.DownwardAPI.DefaultMode)
	case volume.Projected != nil:
		return s.projected(ctx, volume)
	}
	return nil, fmt.Errorf("this node has no volumes of this kind")
}

func (s *Set) projected(ctx context.Context, volume *corev1.Volume) (Payload, error) {
	all := Payload{}
	mode := volume.Projected.DefaultMode
	for i := range volume.Projected.Sources {
		source := &volume.Projected.Sources[i]
		var part Payload
		var err error
		switch {
		case source.Secret != nil:
			part, err = s.secret(source.Secret.Name, source.Secret.Items, mode, source.Secret.Optional)
		case source.ConfigMap != nil:
			part, err = s.configMap(source.ConfigMap.Name, source.ConfigMap.Items, mode, source.ConfigMap.Optional)
		case source.DownwardAPI != nil:
			part, err = s.downward(source.DownwardAPI.Items, mode)
		case source.ServiceAccountToken != nil:
			var token File
			token, err = s.token(ctx, volume.Name, source.ServiceAccountToken)
			part = Payload{source.ServiceAccountToken.Path: token}
		default:
			err = fmt.Errorf("this node has no projected sources of this kind")
		}
		if err != nil {
			return nil, err
		}
		maps.Copy(all, part)
	}
	return all, nil
}

func (s *Set) empty(name string) error {
	dir := s.Path(name)
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		return err
	}
	return share(dir, fsGroup(s.pod), readWriteMask)
}

// refreshAt brings the time of the next Sync forward.
func (s *Set) refreshAt(at time.Time) {
	if s.refresh.IsZero() || at.Before(s.refresh) {
		s.refresh = at
	}
}

package pod

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"lab/node/internal/config"
	"lab/node/internal/container"
	"lab/node/internal/env"
)

// mounts lists what is put into the container: the image's files, the pod's, and the volumes.
func (w *worker) mounts(
	spec *corev1.Container, image *config.Image, environment env.Environment, dir string,
) ([]container.Mount, error) {
	byTarget := map[string]container.Mount{}
	put := func(source, target string, readOnly bool) {
		byTarget[filepath.Clean(target)] = container.Mount{Source: source, Target: target, ReadOnly: readOnly}
	}
	for target, source := range image.Files {
		// Links are followed here: in the container they would lead elsewhere.
		source, err := filepath.EvalSymlinks(source)
		if err != nil {
			return nil, fmt.Errorf("image %s: %w", image.Match, err)
		}
		put(source, target, true)
	}
	for _, name := range []string{"hosts", "hostname", "resolv.conf"} {
		put(filepath.Join(w.file("files"), name), "/etc/"+name, false)
	}
	message := filepath.Join(dir, "termination-log")
	if err := writeShared(message); err != nil {
		return nil, err
	}
	put(message, terminationPath(spec), false)
	for i := range spec.VolumeMounts {
		mount := &spec.VolumeMounts[i]
		source, readOnly, err := w.volumeSource(mount, environment)
		if err != nil {
			return nil, err
		}
		put(source, filepath.Join("/", mount.MountPath), readOnly)
	}
	list := make([]container.Mount, 0, len(byTarget))
	for _, mount := range byTarget {
		list = append(list, mount)
	}
	return list, nil
}

// volumeSource is the place on the host that a volumeMount shows.
func (w *worker) volumeSource(mount *corev1.VolumeMount, environment env.Environment) (string, bool, error) {
	root := w.volumes.Path(mount.Name)
	// What the node fills, containers may not change.
	_, err := os.Lstat(filepath.Join(root, "..data"))
	readOnly := mount.ReadOnly || err == nil
	sub := mount.SubPath
	if mount.SubPathExpr != "" {
		sub = env.Expand(mount.SubPathExpr, environment.Lookup)
	}
	if sub == "" {
		return root, readOnly, nil
	}
	if !filepath.IsLocal(sub) {
		return "", false, fmt.Errorf("subPath %q leaves volume %s", sub, mount.Name)
	}
	path := filepath.Join(root, sub)
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) && !readOnly {
		if err := makeInside(root, sub); err != nil {
			return "", false, err
		}
	}
	path, err = filepath.EvalSymlinks(path)
	if err != nil {
		return "", false, fmt.Errorf("subPath %q of volume %s: %w", sub, mount.Name, err)
	}
	if !strings.HasPrefix(path, root+"/") {
		return "", false, fmt.Errorf("subPath %q leaves volume %s", sub, mount.Name)
	}
	return path, readOnly, nil
}

// makeInside makes a directory of a volume, whatever links containers have put there.
func makeInside(root, sub string) error {
	volume, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer volume.Close()
	return volume.MkdirAll(sub, 0o755)
}

func terminationPath(spec *corev1.Container) string {
	if spec.TerminationMessagePath == "" {
		return corev1.TerminationMessagePathDefault
	}
	return spec.TerminationMessagePath
}

func writeShared(path string) error {
	return errors.Join(os.WriteFile(path, nil, 0o666), os.Chmod(path, 0o666))
}

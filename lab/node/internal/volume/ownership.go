package volume

import (
	"io/fs"
	"os"
	"path/filepath"

	corev1 "k8s.io/api/core/v1"
)

const (
	readWriteMask fs.FileMode = 0o660
	readOnlyMask  fs.FileMode = 0o440
	directoryMask fs.FileMode = 0o110 | fs.ModeSetgid
)

// share gives a tree to the pod's fsGroup, if it has one.
func share(dir string, group *int64, mask fs.FileMode) error {
	if group == nil {
		return nil
	}
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if err := os.Lchown(path, -1, int(*group)); err != nil || entry.Type()&fs.ModeSymlink != 0 {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		mode := info.Mode() | mask
		if entry.IsDir() {
			mode |= directoryMask
		}
		return os.Chmod(path, mode)
	})
}

func fsGroup(pod *corev1.Pod) *int64 {
	if pod.Spec.SecurityContext == nil {
		return nil
	}
	return pod.Spec.SecurityContext.FSGroup
}

// soleUser is the user that all containers of a pod run as, if they say so and agree. Tokens then are that
// user's alone.
func soleUser(pod *corev1.Pod) *int64 {
	var common *int64
	if pod.Spec.SecurityContext != nil {
		common = pod.Spec.SecurityContext.RunAsUser
	}
	var sole *int64
	for _, list := range [][]corev1.Container{pod.Spec.InitContainers, pod.Spec.Containers} {
		for i := range list {
			user := common
			if context := list[i].SecurityContext; context != nil && context.RunAsUser != nil {
				user = context.RunAsUser
			}
			if user == nil || (sole != nil && *sole != *user) {
				return nil
			}
			sole = user
		}
	}
	return sole
}

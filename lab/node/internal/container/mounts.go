package container

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// oldRoot is where the host's tree is while the container's is being built.
const oldRoot = "/.host"

// enterRoot builds the container's tree and makes it the root of this mount namespace.
func (s *Spec) enterRoot() error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("make mounts private: %w", err)
	}
	root := filepath.Join(s.Dir, "root")
	if err := s.overlay(s.Base, root, "base"); err != nil {
		return err
	}
	for _, name := range overlaid() {
		if err := s.programMountPoints(name); err != nil {
			return err
		}
		if err := s.overlay("/"+name, filepath.Join(root, name), name); err != nil {
			return err
		}
	}
	if err := os.Mkdir(root+oldRoot, 0o700); err != nil {
		return err
	}
	if err := unix.PivotRoot(root, root+oldRoot); err != nil {
		return fmt.Errorf("pivot root: %w", err)
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	if err := s.mountSystem(); err != nil {
		return err
	}
	// A mount inside another comes after it.
	slices.SortStableFunc(s.Mounts, func(a, b Mount) int {
		return strings.Count(filepath.Clean(a.Target), "/") - strings.Count(filepath.Clean(b.Target), "/")
	})
	for _, mount := range s.Mounts {
		if err := bind(oldRoot+mount.Source, mount.Target); err != nil {
			return err
		}
	}
	// Last, for a mount inside another has its mount point made there, as a kubelet makes it.
	for _, mount := range s.Mounts {
		if !mount.ReadOnly {
			continue
		}
		if err := remountReadOnly(mount.Target); err != nil {
			return err
		}
	}
	if err := unix.Unmount(oldRoot, unix.MNT_DETACH); err != nil {
		return fmt.Errorf("leave the host's tree: %w", err)
	}
	if err := os.Remove(oldRoot); err != nil {
		return err
	}
	if s.ReadOnlyRoot {
		for _, name := range append([]string{""}, overlaid()...) {
			if err := remountReadOnly("/" + name); err != nil {
				return err
			}
		}
	}
	return nil
}

// programMountPoints makes the mount points that the host's directory of programs lacks, in the layer above it: in
// a user namespace nothing can be made in the overlay itself, for the directories are an unknown user's.
func (s *Spec) programMountPoints(name string) error {
	for _, mount := range s.Mounts {
		target := onHost(mount.Target)
		below, inside := strings.CutPrefix(target, "/"+name+"/")
		if _, err := os.Lstat(target); !inside || err == nil {
			continue
		}
		if err := mountPoint(mount.Source, filepath.Join(s.upper(name), below)); err != nil {
			return err
		}
	}
	return nil
}

// onHost resolves the links by which a host has its directories of programs, such as /bin for /usr/bin.
func onHost(target string) string {
	target = filepath.Clean(target)
	top, below, _ := strings.Cut(strings.TrimPrefix(target, "/"), "/")
	if real, err := filepath.EvalSymlinks("/" + top); err == nil {
		return filepath.Join(real, below)
	}
	return target
}

// upper is where what the container writes into a directory is kept.
func (s *Spec) upper(name string) string {
	return filepath.Join(s.Dir, "upper", name)
}

// overlay mounts lower at target, with what is written kept in the container's directory.
func (s *Spec) overlay(lower, target, name string) error {
	upper, work := s.upper(name), filepath.Join(s.Dir, "work", name)
	for _, dir := range []string{upper, work, target} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	options := fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", lower, upper, work)
	err := unix.Mount("overlay", target, "overlay", 0, options)
	if err == unix.EPERM {
		// In a user namespace overlays may keep their own attributes only so.
		err = unix.Mount("overlay", target, "overlay", 0, options+",userxattr")
	}
	if err != nil {
		return fmt.Errorf("overlay of %s: %w", lower, err)
	}
	return nil
}

// bind mounts a file or directory of the host, making the mount point where there is none.
func bind(source, target string) error {
	if err := mountPoint(source, target); err != nil {
		return err
	}
	if err := unix.Mount(source, target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return fmt.Errorf("mount %s: %w", target, err)
	}
	return nil
}

// mountPoint makes an empty file or directory at target, as source is one or the other, where there is none.
func mountPoint(source, target string) error {
	info, err := os.Stat(source)
	if err != nil {
		return fmt.Errorf("mount %s: %w", target, err)
	}
	if info.IsDir() {
		err = os.MkdirAll(target, 0o755)
	} else if _, missing := os.Stat(target); missing != nil {
		if err = os.MkdirAll(filepath.Dir(target), 0o755); err == nil {
			err = os.WriteFile(target, nil, 0o644)
		}
	}
	if err != nil {
		return fmt.Errorf("mount point %s: %w", target, err)
	}
	return nil
}

func remountReadOnly(target string) error {
	// Flags that the mount has must be kept where a user namespace locks them.
	var stat unix.Statfs_t
	if err := unix.Statfs(target, &stat); err != nil {
		return err
	}
	kept := uintptr(stat.Flags) & (unix.MS_NOSUID | unix.MS_NODEV | unix.MS_NOEXEC)
	flags := unix.MS_BIND | unix.MS_REMOUNT | unix.MS_RDONLY | kept
	if err := unix.Mount("", target, "", flags, ""); err != nil {
		return fmt.Errorf("make %s read-only: %w", target, err)
	}
	return nil
}

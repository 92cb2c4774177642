package container

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

var (
	deviceFiles = []string{"null", "zero", "full", "random", "urandom", "tty"}
	deviceLinks = map[string]string{
		"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1", "stderr": "/proc/self/fd/2",
		"ptmx": "pts/ptmx",
	}
	// As in other runtimes: what a process of the container could use against the host.
	maskedPaths   = []string{"/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/sched_debug", "/sys/firmware"}
	readOnlyPaths = []string{"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}
)

// mountSystem mounts /proc, /sys and /dev of the container's namespaces.
func (s *Spec) mountSystem() error {
	const safe = unix.MS_NOSUID | unix.MS_NODEV | unix.MS_NOEXEC
	sysFlags := uintptr(safe | unix.MS_RDONLY)
	if s.Privileged {
		sysFlags = safe
	}
	for _, mount := range []struct {
		kind, target string
		flags        uintptr
		options      string
	}{
		{"proc", "/proc", safe, ""},
		{"sysfs", "/sys", sysFlags, ""},
		{"tmpfs", "/dev", unix.MS_NOSUID | unix.MS_STRICTATIME, "mode=755,size=65536k"},
	} {
		if err := unix.Mount(mount.kind, mount.target, mount.kind, mount.flags, mount.options); err != nil {
			return fmt.Errorf("mount %s: %w", mount.target, err)
		}
	}
	if err := s.makeDevices(); err != nil {
		return err
	}
	if s.Privileged {
		return nil
	}
	for _, path := range maskedPaths {
		if err := mask(path); err != nil {
			return err
		}
	}
	for _, path := range readOnlyPaths {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err := bind(path, path); err != nil {
			return err
		}
		if err := remountReadOnly(path); err != nil {
			return err
		}
	}
	return nil
}

func (s *Spec) makeDevices() error {
	for _, name := range deviceFiles {
		if err := bind(oldRoot+"/dev/"+name, "/dev/"+name); err != nil {
			return err
		}
	}
	for name, target := range deviceLinks {
		if err := os.Symlink(target, "/dev/"+name); err != nil {
			return err
		}
	}
	if err := os.Mkdir("/dev/pts", 0o755); err != nil {
		return err
	}
	flags := uintptr(unix.MS_NOSUID | unix.MS_NOEXEC)
	if err := unix.Mount("devpts", "/dev/pts", "devpts", flags, "newinstance,ptmxmode=0666,mode=0620"); err != nil {
		return fmt.Errorf("mount /dev/pts: %w", err)
	}
	return bind(oldRoot+s.Shm, "/dev/shm")
}

// mask hides a file or directory, if it is there.
func mask(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	if info.IsDir() {
		err = unix.Mount("tmpfs", path, "tmpfs", unix.MS_RDONLY, "size=0")
	} else {
		err = unix.Mount("/dev/null", path, "", unix.MS_BIND, "")
	}
	if err != nil {
		return fmt.Errorf("hide %s: %w", path, err)
	}
	return nil
}

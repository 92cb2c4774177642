package container

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// programDirs are the host's directories whose programs and libraries containers share, through an overlay.
var programDirs = []string{"usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32"}

// etcEntries are what programs need of the host's /etc: users, name services, trusted CAs, the linker's cache,
// time. Nothing else of it is seen in a container, least of all the host's own secrets.
var etcEntries = []string{
	"passwd", "group", "nsswitch.conf", "services", "protocols", "ethertypes", "host.conf", "gai.conf",
	"ssl/certs", "ssl/openssl.cnf", "ca-certificates", "alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d",
	"localtime", "timezone", "mime.types", "profile", "bash.bashrc", "inputrc", "terminfo", "iproute2", "xtables",
}

// emptyDirs exist in each container, and are its own.
var emptyDirs = map[string]fs.FileMode{
	"dev": 0o755, "etc": 0o755, "home": 0o755, "media": 0o755, "mnt": 0o755, "opt": 0o755, "proc": 0o555,
	"root": 0o700, "run": 0o755, "srv": 0o755, "sys": 0o555, "tmp": 0o777 | fs.ModeSticky,
	"var": 0o755, "var/cache": 0o755, "var/lib": 0o755, "var/log": 0o755, "var/tmp": 0o777 | fs.ModeSticky,
}

// MakeBase writes the lowest layer of every container's root into dir. The host's own tree is not seen in a
// container, its programs (/usr and friends) excepted.
func MakeBase(dir string) error {
	for name, mode := range emptyDirs {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			return err
		}
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			return err
		}
	}
	if err := os.Symlink("/run", filepath.Join(dir, "var/run")); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	for _, name := range programDirs {
		if err := copyShape("/"+name, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	for _, name := range etcEntries {
		if err := copyTree(filepath.Join("/etc", name), filepath.Join(dir, "etc", name)); err != nil {
			return err
		}
	}
	// Mount points must be there even where the host has no such file.
	for _, name := range []string{"hosts", "hostname", "resolv.conf"} {
		if err := os.WriteFile(filepath.Join(dir, "etc", name), nil, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// copyShape makes the link or an empty directory that the host has at from.
func copyShape(from, to string) error {
	target, err := os.Readlink(from)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil:
		if err := os.Symlink(target, to); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		return nil
	}
	return os.MkdirAll(to, 0o755)
}

// copyTree copies files, links and directories. What the host lacks is left out.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		target := filepath.Join(to, strings.TrimPrefix(path, from))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		switch {
		case entry.IsDir():
			return os.MkdirAll(target, 0o755)
		case entry.Type()&fs.ModeSymlink != 0:
			link, err := os.Readlink(path)
			if err != nil {
				return err
			}
			os.Remove(target)
			return os.Symlink(link, target)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o644)
	})
}

// overlaid returns the program directories of this host that are directories of their own, not links.
func overlaid() []string {
	return slices.DeleteFunc(slices.Clone(programDirs), func(name string) bool {
		info, err := os.Lstat("/" + name)
		return err != nil || !info.IsDir()
	})
}

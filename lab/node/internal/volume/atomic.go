// Package volume fills the volumes of pods, and keeps them up to date.
package volume

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// File is one file of a volume.
type File struct {
	Data []byte
	Mode fs.FileMode
	// UID is the owner, if it is not root.
	UID int
}

// Payload is the content of a volume: path in the volume to file.
type Payload map[string]File

// Names as the kubelet uses them: programs such as Envoy watch them.
const (
	dataLink = "..data"
	newLink  = "..data_tmp"
)

// Write replaces the content of the volume at dir so that a reader sees either all of the old, or all of the
// new: the files are links through "..data", a link to a directory of their own, which is swapped in one step.
// With group, the files are its as well. Write returns false when nothing has changed.
func Write(dir string, payload Payload, group *int64) (bool, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return false, err
	}
	old, err := os.Readlink(filepath.Join(dir, dataLink))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	if old != "" && same(filepath.Join(dir, old), payload) {
		return false, nil
	}
	fresh, err := os.MkdirTemp(dir, "..data_")
	if err != nil {
		return false, err
	}
	err = errors.Join(writeFiles(fresh, payload), os.Chmod(fresh, 0o755))
	if err == nil {
		err = share(fresh, group, readOnlyMask)
	}
	if err != nil {
		return false, errors.Join(err, os.RemoveAll(fresh))
	}
	_ = os.Remove(filepath.Join(dir, newLink))
	if err := os.Symlink(filepath.Base(fresh), filepath.Join(dir, newLink)); err != nil {
		return false, err
	}
	if err := os.Rename(filepath.Join(dir, newLink), filepath.Join(dir, dataLink)); err != nil {
		return false, err
	}
	if err := linkNames(dir, payload); err != nil {
		return false, err
	}
	if old != "" {
		return true, os.RemoveAll(filepath.Join(dir, old))
	}
	return true, nil
}

func writeFiles(dir string, payload Payload) error {
	for name, file := range payload {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, file.Data, 0o600); err != nil {
			return err
		}
		// The mode of a new file is cut by the umask.
		if err := errors.Join(os.Chown(path, file.UID, -1), os.Chmod(path, file.Mode)); err != nil {
			return err
		}
	}
	return nil
}

// linkNames makes the visible names, and removes those that are no longer. What is no link is the mount point of
// another volume: removing it would take that volume from the container.
func linkNames(dir string, payload Payload) error {
	wanted := map[string]bool{}
	for name := range payload {
		first, _, _ := strings.Cut(filepath.Clean(name), "/")
		wanted[first] = true
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := entry.Name()
		if wanted[name] {
			delete(wanted, name)
		} else if !strings.HasPrefix(name, "..") && entry.Type()&fs.ModeSymlink != 0 {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				return err
			}
		}
	}
	for name := range wanted {
		if err := os.Symlink(filepath.Join(dataLink, name), filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// same tells whether the files at dir are the payload's.
func same(dir string, payload Payload) bool {
	found := 0
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		file, wanted := payload[name]
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if !wanted || !bytes.Equal(data, file.Data) {
			return fs.ErrInvalid
		}
		found++
		return nil
	})
	return err == nil && found == len(payload)
}

// Package image finds what stands for a container image: a table in the configuration, since there is no
// registry to pull from.
package image

import (
	"fmt"
	"path"
	"strings"

	"lab/node/internal/config"
)

// Table is the list of known images.
type Table []config.Image

// Find returns the entry for an image reference. An entry that matches the whole path wins over one that
// matches the last component.
func (t Table) Find(reference string) (*config.Image, error) {
	full := pathOf(reference)
	for _, wanted := range []string{full, path.Base(full)} {
		for i := range t {
			if t[i].Match == wanted {
				return &t[i], nil
			}
		}
	}
	return nil, fmt.Errorf("failed to pull image %q: this node has no registry, and no entry of its image table matches %q",
		reference, full)
}

// pathOf strips registry, tag and digest: registry.example:5000/istio/proxyv2:1.31@sha256:… is istio/proxyv2.
func pathOf(reference string) string {
	name, _, _ := strings.Cut(reference, "@")
	if slash := strings.LastIndex(name, "/"); strings.LastIndex(name, ":") > slash {
		name = name[:strings.LastIndex(name, ":")]
	}
	first, rest, found := strings.Cut(name, "/")
	// As in Docker's references: a first component with a dot, a port, or localhost is a registry.
	if found && (strings.ContainsAny(first, ".:") || first == "localhost") {
		name = rest
	}
	return strings.TrimPrefix(name, "library/")
}

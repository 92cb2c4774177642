package kubernetes

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"sort"
	"strconv"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

// storedRelease is what Helm keeps of a release in a Secret, as far as it matters here.
type storedRelease struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
	Revision  int    `json:"version"`
	Manifest  string `json:"manifest"`
	Info      struct {
		Status string `json:"status"`
	} `json:"info"`
	Chart struct {
		Metadata struct {
			Name       string `json:"name"`
			Version    string `json:"version"`
			AppVersion string `json:"appVersion"`
		} `json:"metadata"`
	} `json:"chart"`
	Config map[string]any `json:"config"`
}

// latest finds the newest revision of a release; nil if there is none.
func (c *cluster) latest(ctx context.Context, namespace, name string) (*storedRelease, error) {
	secrets := schema.GroupVersionResource{Version: "v1", Resource: "secrets"}
	list, err := c.resource(secrets, namespace).List(ctx, metav1.ListOptions{LabelSelector: "owner=helm,name=" + name})
	if err != nil {
		return nil, c.explain(err)
	}
	var newest *unstructured.Unstructured
	highest := 0
	for i, secret := range list.Items {
		if n, err := strconv.Atoi(secret.GetLabels()["version"]); err == nil && n > highest {
			newest, highest = &list.Items[i], n
		}
	}
	if newest == nil {
		return nil, nil
	}
	release, err := decodeRelease(textAt(newest.Object, "data", "release"))
	if err != nil {
		return nil, fmt.Errorf("could not read Helm's record of release %s/%s: %w", namespace, name, err)
	}
	return release, nil
}

// decodeRelease undoes Helm's encoding, base64 over gzip, under that of the Secret.
func decodeRelease(data string) (*storedRelease, error) {
	encoded, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return nil, err
	}
	raw, err := base64.StdEncoding.DecodeString(string(encoded))
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(raw, []byte{0x1f, 0x8b}) {
		unzip, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return nil, err
		}
		defer unzip.Close()
		if raw, err = io.ReadAll(unzip); err != nil {
			return nil, err
		}
	}
	var release storedRelease
	if err := json.Unmarshal(raw, &release); err != nil {
		return nil, err
	}
	return &release, nil
}

var separator = regexp.MustCompile(`(?m)^---[ \t]*$`)

// resourceNames lists what a release consists of, by kind and API version.
func (r *storedRelease) resourceNames() (map[string]any, error) {
	names := map[string]map[string]bool{}
	for _, document := range separator.Split(r.Manifest, -1) {
		var obj map[string]any
		if err := yaml.Unmarshal([]byte(document), &obj); err != nil {
			return nil, err
		}
		version, kind := textAt(obj, "apiVersion"), textAt(obj, "kind")
		if kind == "" {
			continue
		}
		group := schema.FromAPIVersionAndKind(version, kind).GroupKind().String()
		key := group + "/" + version
		if names[key] == nil {
			names[key] = map[string]bool{}
		}
		names[key][string(idOf(obj))] = true
	}
	out := map[string]any{}
	for key, set := range names {
		var list []string
		for name := range set {
			list = append(list, name)
		}
		sort.Strings(list)
		sorted := []any{}
		for _, name := range list {
			sorted = append(sorted, name)
		}
		out[key] = sorted
	}
	return out, nil
}

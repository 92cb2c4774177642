package kubernetes

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

type tokensType = tokens.Type

func checkRequest(name string) plugin.CheckRequest {
	return plugin.CheckRequest{URN: resource.NewURN("s", "p", "", "t:t:t", name)}
}

func TestChartArgs(t *testing.T) {
	for _, c := range []struct {
		r    release
		want []string
	}{
		{release{"chart": "./base"}, []string{"./base"}},
		{release{"chart": "base", "version": "1.0"}, []string{"base", "--version", "1.0"}},
		{
			release{"chart": "base", "repositoryOpts": obj{"repo": "https://charts.example"}},
			[]string{"base", "--repo", "https://charts.example"},
		},
		{release{"chart": "oci://registry.example/base"}, []string{"oci://registry.example/base"}},
		{
			release{"chart": "base", "repositoryOpts": obj{"repo": "oci://registry.example/istio/"}},
			[]string{"oci://registry.example/istio/base"},
		},
		{release{"chart": "base", "repositoryOpts": obj{"repo": "istio"}}, []string{"istio/base"}},
	} {
		if got := c.r.chartArgs(); !slices.Equal(got, c.want) {
			t.Errorf("%v: got %v", c.r, got)
		}
	}
}

func TestWaiting(t *testing.T) {
	for _, c := range []struct {
		r    release
		want string
	}{
		{release{}, "--wait=legacy"}, {release{"skipAwait": true}, "--wait=hookOnly"},
		{release{"skipAwait": true, "atomic": true}, "--wait=legacy"},
	} {
		if got := c.r.installArgs(); !slices.Contains(got, c.want) {
			t.Errorf("%v: got %v", c.r, got)
		}
	}
	if got := (release{}).upgradeArgs(); !slices.Contains(got, "--reset-values") {
		t.Errorf("dropped values would stay: %v", got)
	}
}

func TestDecodeRelease(t *testing.T) {
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	manifest := `---\n# Source: a\napiVersion: v1\nkind: Service\nmetadata:\n  name: b\n  namespace: ns\n` +
		`---\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\n# nothing\n` +
		`---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n`
	w.Write([]byte(`{"name":"r","version":3,"info":{"status":"deployed"},"manifest":"` + manifest + `"}`))
	w.Close()
	data := base64.StdEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString(zipped.Bytes())))
	r, err := decodeRelease(data)
	if err != nil || r.Name != "r" || r.Revision != 3 || r.Info.Status != "deployed" {
		t.Fatalf("got %v, %v", r, err)
	}
	names, err := r.resourceNames()
	want := obj{"Service/v1": []any{"a", "ns/b"}, "Deployment.apps/apps/v1": []any{"d"}}
	if err != nil || !reflect.DeepEqual(names, want) {
		t.Errorf("got %v, %v", names, err)
	}
}

func TestLibraryChartsAreRefused(t *testing.T) {
	if _, err := chartVersion([]byte("version: 1.0.0\ntype: library")); err == nil ||
		!strings.Contains(err.Error(), "library") {
		t.Errorf("got %v", err)
	}
}

func TestSettings(t *testing.T) {
	refused := refuseSettings(resource.NewPropertyMapFromMap(map[string]any{
		"kubeconfig": "x", "version": "4", "clusterIdentifier": "x", "enableServerSideApply": "false",
	}))
	if len(refused) != 2 || refused["clusterIdentifier"] == "" || refused["enableServerSideApply"] == "" {
		t.Errorf("got %v", refused)
	}
	s := parseSettings(resource.NewPropertyMapFromMap(map[string]any{"enableSecretMutable": "true"}))
	if !s.secretMutable || s.configMapMutable {
		t.Errorf("got %+v", s)
	}
}

func TestAnotherClusterReplacesTheProvider(t *testing.T) {
	config := func(server, token string) resource.PropertyMap {
		return resource.NewPropertyMapFromMap(map[string]any{"kubeconfig": `{"apiVersion":"v1","kind":"Config",
			"clusters":[{"name":"c","cluster":{"server":"` + server + `"}}],
			"users":[{"name":"u","user":{"token":"` + token + `"}}],
			"contexts":[{"name":"x","context":{"cluster":"c","user":"u"}}],"current-context":"x"}`})
	}
	changed := []resource.PropertyKey{"kubeconfig"}
	old := config("https://a.example", "1")
	if got := replacedBy(old, config("https://b.example", "1"), changed); !slices.Equal(got, changed) {
		t.Errorf("another server: %v", got)
	}
	if got := replacedBy(old, config("https://a.example", "2"), changed); len(got) > 0 {
		t.Errorf("another token: %v", got)
	}
}

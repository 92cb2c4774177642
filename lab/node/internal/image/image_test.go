package image

import (
	"testing"

	"lab/node/internal/config"
)

func TestPathOf(t *testing.T) {
	for reference, want := range map[string]string{
		"docker.io/istio/proxyv2:1.31.0":             "istio/proxyv2",
		"registry.example:5000/a/b/c@sha256:0123":    "a/b/c",
		"localhost/tool:dev":                         "tool",
		"curlimages/curl":                            "curlimages/curl",
		"docker.io/library/python:3":                 "python",
		"nginx":                                      "nginx",
		"mccutchen/go-httpbin:v2.26.0@sha256:abcdef": "mccutchen/go-httpbin",
	} {
		if got := pathOf(reference); got != want {
			t.Errorf("pathOf(%q) = %q, want %q", reference, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	table := Table{{Match: "curl", User: 1}, {Match: "curlimages/curl", User: 2}, {Match: "istio/proxyv2", User: 3}}
	for reference, want := range map[string]int64{
		"curlimages/curl:8": 2, "other/curl": 1, "gcr.io/istio/proxyv2@sha256:00": 3,
	} {
		if entry, err := table.Find(reference); err != nil || entry.User != want {
			t.Errorf("Find(%q) = %v, %v", reference, entry, err)
		}
	}
	for _, reference := range []string{"auto", "proxyv2", "istio/proxyv2-debug"} {
		if entry, err := table.Find(reference); err == nil {
			t.Errorf("Find(%q) = %v, want an error", reference, entry)
		}
	}
	var _ []config.Image = table
}

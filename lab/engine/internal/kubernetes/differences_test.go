package kubernetes

import (
	"maps"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

type obj = map[string]any

func TestDifferences(t *testing.T) {
	old := obj{
		"same": int64(1), "number": int64(8000), "text": "a", "gone": "x",
		"list": []any{obj{"port": int64(1)}, "second"}, "map": obj{"tls.crt": "old"},
	}
	new := obj{
		"same": 1.0, "number": int64(8001), "text": unknown{}, "added": obj{"a": true},
		"list": []any{obj{"port": int64(2)}}, "map": obj{"tls.crt": "new"},
	}
	got := map[string]plugin.DiffKind{}
	for _, d := range differences(nil, old, new) {
		got[d.String()] = d.kind
	}
	want := map[string]plugin.DiffKind{
		"number": plugin.DiffUpdate, "text": plugin.DiffUpdate, "gone": plugin.DiffDelete, "added": plugin.DiffAdd,
		"list[0].port": plugin.DiffUpdate, "list[1]": plugin.DiffDelete, `map["tls.crt"]`: plugin.DiffUpdate,
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTouches(t *testing.T) {
	for _, c := range []struct {
		path  []any
		value any
		field string
		want  bool
	}{
		{[]any{"spec", "selector"}, nil, "spec.selector", true},
		{[]any{"spec", "selector", "matchLabels", "app"}, "a", "spec.selector", true},
		{[]any{"spec"}, obj{"selector": obj{}}, "spec.selector", true},
		{[]any{"spec"}, obj{"replicas": int64(1)}, "spec.selector", false},
		{[]any{"spec", "selectors"}, nil, "spec.selector", false},
		{[]any{"spec", 0}, nil, "spec.selector", false},
	} {
		if got := (difference{path: c.path, value: c.value}).touches(c.field); got != c.want {
			t.Errorf("%v touches %s: %v", c.path, c.field, got)
		}
	}
}

func TestDetailedLeavesOutWhatIsIgnored(t *testing.T) {
	all := []difference{
		{path: []any{"spec", "replicas"}, kind: plugin.DiffUpdate}, {path: []any{"type"}, kind: plugin.DiffUpdate},
	}
	got, err := detailed(all, []string{"spec.replicas"}, func(difference) bool { return true })
	if err != nil || len(got) != 1 || got["type"].Kind != plugin.DiffUpdateReplace {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestThreeWay(t *testing.T) {
	before := obj{"values": obj{"ours": "1", "dropped": "1"}}
	was := obj{"values": obj{"ours": "drift", "dropped": "1", "theirs": "1"}, "status": obj{}}
	new := obj{"values": obj{"ours": "1", "added": "1"}}
	var got []string
	for _, d := range threeWay(nil, before, was, new) {
		got = append(got, d.String()+" "+d.kind.String())
	}
	slices.Sort(got)
	want := []string{"values.added add", "values.dropped delete", "values.ours update"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

package standin

import (
	"slices"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

var sample = Resource{
	Inputs: map[string]Input{"length": {}, "hours": {Default: 0.0, InPlace: true}},
	IsDue:  func(state map[string]any, _ time.Time) bool { return Get[float64](state, "hours") > 5 },
}

func from(m map[string]any) resource.PropertyMap { return resource.NewPropertyMapFromMap(m) }

func TestCheckRejectsUnknownInputsByName(t *testing.T) {
	failures := sample.check(from(map[string]any{"length": 1.0, "size": 2.0}))
	if len(failures) != 1 || failures[0].Property != "size" {
		t.Errorf("got %v", failures)
	}
}

func TestDiff(t *testing.T) {
	state := from(map[string]any{"length": 1.0, "hours": 0.0, "result": "r"})
	unknown := resource.MakeComputed(resource.NewProperty(""))
	for _, c := range []struct {
		name              string
		inputs            resource.PropertyMap
		changed, replaced []resource.PropertyKey
	}{
		{"nothing", from(map[string]any{"length": 1.0}), nil, nil},
		{"in place", from(map[string]any{"length": 1.0, "hours": 2.0}), []resource.PropertyKey{"hours"}, nil},
		{"replaced", from(map[string]any{"length": 2.0}), []resource.PropertyKey{"length"}, []resource.PropertyKey{"length"}},
		{"removed", from(nil), []resource.PropertyKey{"length"}, []resource.PropertyKey{"length"}},
		{"unknown", resource.PropertyMap{"length": unknown}, []resource.PropertyKey{"length"}, []resource.PropertyKey{"length"}},
		{"due", from(map[string]any{"length": 1.0, "hours": 6.0}), []resource.PropertyKey{"hours", dueOutput}, []resource.PropertyKey{dueOutput}},
	} {
		got := sample.diff(state, c.inputs, time.Now())
		if !slices.Equal(got.ChangedKeys, c.changed) || !slices.Equal(got.ReplaceKeys, c.replaced) {
			t.Errorf("%s: changed %v, replaced %v", c.name, got.ChangedKeys, got.ReplaceKeys)
		}
		if (got.Changes == plugin.DiffSome) != (len(c.changed) > 0) {
			t.Errorf("%s: changes %v", c.name, got.Changes)
		}
	}
}

func TestUpdateKeepsComputedOutputsAndRemovesInputs(t *testing.T) {
	resource := Resource{Inputs: map[string]Input{"a": {}, "b": {}}}
	got := resource.update(from(map[string]any{"a": 1.0, "b": 2.0, "result": "r"}), from(map[string]any{"a": 3.0}))
	if !got.DeepEquals(from(map[string]any{"a": 3.0, "result": "r"})) {
		t.Errorf("got %v", got)
	}
}

package bridged

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

func sample() *Resource {
	return &Resource{
		Inputs: map[string]Field{
			"length": {Kind: Number, Required: true, Min: AtLeast(1)},
			"hours":  {Kind: Number, Default: 0.0, Updates: true},
			"uses":   {Kind: Strings, OneOf: []string{"a", "b"}},
			"key":    {Kind: String, Secret: true},
			"who":    {Kind: Object, Fields: map[string]Field{"name": {Kind: String}}},
		},
		Computed: map[string]bool{"id": false, "result": true},
		Create: func(in resource.PropertyMap) (string, resource.PropertyMap, error) {
			return "made", resource.PropertyMap{"result": in["length"]}, nil
		},
		Due: func(state resource.PropertyMap, now time.Time) (string, bool) {
			return "ready", state["hours"].NumberValue() > 5
		},
	}
}

func from(m map[string]any) resource.PropertyMap { return resource.NewPropertyMapFromMap(m) }

func TestCheckRejectsByName(t *testing.T) {
	for _, c := range []struct {
		inputs map[string]any
		want   string
	}{
		{map[string]any{"length": 1.0, "size": 2.0}, "size"},
		{map[string]any{}, "length"},
		{map[string]any{"length": "1"}, "must be a number"},
		{map[string]any{"length": 0.0}, "at least 1"},
		{map[string]any{"length": 1.0, "uses": []any{"a", "c"}}, `must be one of a, b (got "c")`},
		{map[string]any{"length": 1.0, "who": map[string]any{"nam": "x"}}, "who.nam"},
	} {
		failures := sample().check(from(c.inputs))
		if len(failures) != 1 || !strings.Contains(string(failures[0].Property)+": "+failures[0].Reason, c.want) {
			t.Errorf("%v: got %v, want a failure with %q", c.inputs, failures, c.want)
		}
	}
	inputs := from(map[string]any{"length": 1.0, "uses": []any{"a"}, "who": map[string]any{"name": "x"}})
	inputs["hours"] = resource.MakeComputed(resource.NewStringProperty(""))
	if failures := sample().check(inputs); len(failures) > 0 {
		t.Errorf("valid inputs are rejected: %v", failures)
	}
}

func TestDiff(t *testing.T) {
	state := from(map[string]any{"length": 1.0, "hours": 0.0, "key": "k"})
	state["key"] = resource.MakeSecret(state["key"])
	for _, c := range []struct {
		name              string
		inputs            map[string]any
		changed, replaced string
	}{
		{"nothing", map[string]any{"length": 1.0, "key": "k"}, "", ""},
		{"in place", map[string]any{"length": 1.0, "key": "k", "hours": 2.0}, "hours", ""},
		{"replaced", map[string]any{"length": 2.0, "key": "k"}, "length", "length"},
		{"dropped", map[string]any{"length": 1.0}, "key", "key"},
		{"due", map[string]any{"length": 1.0, "key": "k", "hours": 6.0}, "hours,ready", "ready"},
	} {
		got := sample().diff(state, from(c.inputs), time.Now())
		if joined(got.ChangedKeys) != c.changed || joined(got.ReplaceKeys) != c.replaced {
			t.Errorf("%s: changed %v, replaced %v", c.name, got.ChangedKeys, got.ReplaceKeys)
		}
		if (got.Changes == plugin.DiffSome) != (c.changed != "") {
			t.Errorf("%s: changes %v", c.name, got.Changes)
		}
	}
	unknown := from(map[string]any{"key": "k"})
	unknown["length"] = resource.MakeComputed(resource.NewStringProperty(""))
	if got := sample().diff(state, unknown, time.Now()); joined(got.ReplaceKeys) != "length" {
		t.Errorf("an unknown value must replace (got %v)", got.ReplaceKeys)
	}
}

func TestCreateAndUpdate(t *testing.T) {
	p := &Provider{Resources: map[tokens.Type]*Resource{"t": sample()}, Now: time.Now}
	inputs := from(map[string]any{"length": 3.0, "key": "k"})
	preview, err := p.Create(context.Background(), plugin.CreateRequest{Type: "t", Properties: inputs, Preview: true})
	if err != nil || !unwrapSecret(preview.Properties["result"]).IsComputed() || preview.ID != "" {
		t.Fatalf("preview: %v %v", preview, err)
	}
	made, err := p.Create(context.Background(), plugin.CreateRequest{Type: "t", Properties: inputs})
	if err != nil || made.ID != "made" {
		t.Fatalf("create: %v %v", made, err)
	}
	for _, secret := range []resource.PropertyKey{"result", "key"} {
		if !made.Properties[secret].IsSecret() {
			t.Errorf("%s is not secret", secret)
		}
	}
	updated, err := p.Update(context.Background(), plugin.UpdateRequest{
		Type: "t", OldOutputs: made.Properties, NewInputs: from(map[string]any{"length": 3.0, "hours": 4.0}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, kept := updated.Properties["key"]; kept {
		t.Error("an input that the program no longer sets stays in the outputs")
	}
	if updated.Properties["hours"].NumberValue() != 4 || unwrapSecret(updated.Properties["result"]).NumberValue() != 3 {
		t.Errorf("update: %v", updated.Properties)
	}
	if _, err := p.Create(context.Background(), plugin.CreateRequest{Type: "other"}); err == nil {
		t.Error("an unknown type is accepted")
	}
}

func joined(keys []resource.PropertyKey) string {
	var out []string
	for _, key := range keys {
		out = append(out, string(key))
	}
	return strings.Join(out, ",")
}

package kubernetes

import (
	"reflect"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

func TestObjectTakesPropertiesApart(t *testing.T) {
	got := object(resource.PropertyMap{
		"port": resource.NewNumberProperty(8000), "half": resource.NewNumberProperty(0.5),
		"secret": resource.MakeSecret(resource.NewStringProperty("s")), "null": resource.NewNullProperty(),
		"later": resource.MakeComputed(resource.NewStringProperty("")),
	})
	want := obj{"port": int64(8000), "half": 0.5, "secret": "s", "later": unknown{}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	if back := properties(got); !back["later"].IsComputed() || back["port"].NumberValue() != 8000 {
		t.Errorf("back: %v", back)
	}
}

func TestNormalize(t *testing.T) {
	deployment := kindsByType["kubernetes:apps/v1:Deployment"]
	container := func(cpu string) obj {
		resources := obj{"requests": obj{"cpu": cpu}}
		containers := []any{obj{"name": "c", "image": "i", "resources": resources}}
		return obj{"spec": obj{"template": obj{"spec": obj{"containers": containers}}}}
	}
	if got := deployment.normalize(container("0.1")); !reflect.DeepEqual(got, container("100m")) {
		t.Errorf("quantity: %v", got)
	}
	secret := kindsByType["kubernetes:core/v1:Secret"]
	got := secret.normalize(obj{"stringData": obj{"a": "1"}, "data": obj{"b": "Mg=="}})
	if want := (obj{"data": obj{"a": "MQ==", "b": "Mg=="}}); !reflect.DeepEqual(got, want) {
		t.Errorf("stringData: %v", got)
	}
	later := obj{"stringData": obj{"a": unknown{}}}
	if got := secret.normalize(later); !reflect.DeepEqual(got, later) {
		t.Errorf("what is not known yet: %v", got)
	}
}

func TestRefuseNamesUnknownFields(t *testing.T) {
	for token, wrong := range map[string]obj{
		"kubernetes:core/v1:Service":                {"spec": obj{"prots": []any{}, "type": unknown{}}},
		"kubernetes:networking.istio.io/v1:Gateway": {"specs": obj{}, "spec": obj{"anything": true}},
	} {
		err := kindsByType[tokensType(token)].refuse(wrong)
		if err == nil || !strings.Contains(err.Error(), "unknown field") || strings.Contains(err.Error(), "anything") {
			t.Errorf("%s: %v", token, err)
		}
	}
}

func TestMarkSecrets(t *testing.T) {
	from := resource.PropertyMap{
		"spec": resource.NewObjectProperty(resource.PropertyMap{
			"secret": resource.MakeSecret(resource.NewStringProperty("s")), "open": resource.NewStringProperty("o"),
		}),
	}
	out := properties(object(from))
	markSecrets(out, from)
	spec := out["spec"].ObjectValue()
	if !spec["secret"].IsSecret() || spec["open"].IsSecret() {
		t.Errorf("got %v", spec)
	}
	data := properties(obj{"kind": "Secret", "data": obj{"a": "MQ=="}})
	markSecrets(data, nil)
	if !data["data"].IsSecret() {
		t.Error("the data of a Secret is not secret")
	}
}

func TestAssignName(t *testing.T) {
	named := obj{"metadata": obj{"name": "mine"}}
	if err := assignName(named, obj{}, checkRequest("x")); err != nil || annotation(named, autonamed) != "" {
		t.Errorf("named: %v %v", named, err)
	}
	first := obj{}
	if err := assignName(first, obj{}, checkRequest("x")); err != nil || annotation(first, autonamed) != "true" ||
		!strings.HasPrefix(textAt(first, "metadata", "name"), "x-") {
		t.Errorf("new: %v %v", first, err)
	}
	again := obj{}
	if err := assignName(again, first, checkRequest("x")); err != nil ||
		textAt(again, "metadata", "name") != textAt(first, "metadata", "name") {
		t.Errorf("kept: %v %v", again, err)
	}
}

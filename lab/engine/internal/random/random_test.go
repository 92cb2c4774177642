package random

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"golang.org/x/crypto/bcrypt"
)

func inputs(m map[string]any) resource.PropertyMap {
	out := resource.NewPropertyMapFromMap(map[string]any{
		"length": 12.0, "upper": true, "lower": true, "numeric": true, "number": true, "special": true,
		"minUpper": 0.0, "minLower": 0.0, "minNumeric": 0.0, "minSpecial": 0.0,
	})
	for key, value := range resource.NewPropertyMapFromMap(m) {
		out[key] = value
	}
	return out
}

func TestPasswordHasOnlyRequestedCharacters(t *testing.T) {
	for range 50 {
		got, err := generatePassword(inputs(map[string]any{
			"upper": false, "lower": false, "special": true, "minSpecial": 3.0, "overrideSpecial": "_",
		}))
		if err != nil || len(got) != 12 || strings.Trim(got, digits+"_") != "" || strings.Count(got, "_") < 3 {
			t.Fatalf("got %q, %v", got, err)
		}
	}
	empty := map[string]any{"upper": false, "lower": false, "numeric": false, "special": false}
	if _, err := generatePassword(inputs(empty)); err == nil {
		t.Error("an empty set of characters is accepted")
	}
}

func TestNumberAndNumericAreEqual(t *testing.T) {
	plan := func(m map[string]any) (resource.PropertyMap, error) {
		in := resource.NewPropertyMapFromMap(m)
		in["length"] = resource.NewNumberProperty(9)
		for _, name := range []resource.PropertyKey{"minUpper", "minLower", "minNumeric", "minSpecial"} {
			in[name] = resource.NewNumberProperty(0)
		}
		return in, planPassword(in)
	}
	if in, err := plan(nil); err != nil || !in["number"].BoolValue() || !in["numeric"].BoolValue() {
		t.Errorf("default: %v %v", in, err)
	}
	if in, err := plan(map[string]any{"numeric": false}); err != nil || in["number"].BoolValue() {
		t.Errorf("numeric does not set number: %v %v", in, err)
	}
	if _, err := plan(map[string]any{"number": true, "numeric": false}); err == nil {
		t.Error("a contradiction is accepted")
	}
}

func TestPasswordHash(t *testing.T) {
	id, out, err := randomPassword().Create(inputs(map[string]any{"length": 80.0}))
	if err != nil || id != "none" {
		t.Fatalf("%q %v", id, err)
	}
	hash, result := out["bcryptHash"].StringValue(), out["result"].StringValue()
	if len(result) != 80 || bcrypt.CompareHashAndPassword([]byte(hash), []byte(result)[:bcryptLimit]) != nil {
		t.Error("the hash does not match the password")
	}
}

package random

import (
	"strings"
	"testing"
)

func TestPasswordHasTheRequestedLengthAndCharacters(t *testing.T) {
	for _, special := range []bool{false, true} {
		_, outputs, err := createPassword(map[string]any{"length": 2000.0, "special": special})
		if err != nil {
			t.Fatal(err)
		}
		password := outputs["result"].(string)
		if len(password) != 2000 || strings.ContainsAny(password, symbols) != special {
			t.Errorf("special %v: got %q", special, password)
		}
		if strings.Trim(password, alphanumerics+symbols) != "" {
			t.Errorf("unknown characters in %q", password)
		}
	}
	if _, _, err := createPassword(map[string]any{"length": 0.0}); err == nil {
		t.Error("an empty password is accepted")
	}
}

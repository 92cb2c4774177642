package loadbalancer

import (
	"strings"
	"testing"
)

func TestPool(t *testing.T) {
	p, err := newPool("203.0.113.64/30")
	if err != nil {
		t.Fatal(err)
	}
	take := func(service, wanted, want string) {
		t.Helper()
		if got, err := p.take(service, wanted); err != nil || got != want {
			t.Errorf("%s takes %q: %s, %v; want %s", service, wanted, got, err, want)
		}
	}
	if !p.keep("a", "203.0.113.64") || p.keep("b", "203.0.113.64") || p.keep("b", "198.51.100.1") {
		t.Error("an address has one owner, and is one of the range")
	}
	take("b", "", "203.0.113.65")
	take("b", "", "203.0.113.65")
	take("c", "203.0.113.67", "203.0.113.67")
	take("c", "203.0.113.66", "203.0.113.66")
	take("d", "", "203.0.113.67")
	for wanted, want := range map[string]string{
		"203.0.113.65": "in use by b", "192.0.2.1": "not an address of", "": "no address", "x": "not an address of",
	} {
		if got, err := p.take("e", wanted); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("take %q: %s, %v", wanted, got, err)
		}
	}
	p.release("b")
	take("e", "", "203.0.113.65")
}

package sandbox

import "testing"

func TestPool(t *testing.T) {
	pool, err := NewPool("10.1.0.0/29")
	if err != nil {
		t.Fatal(err)
	}
	if got := pool.Gateway().String(); got != "10.1.0.1" {
		t.Errorf("gateway %s", got)
	}
	first, _ := pool.Take()
	if first.String() != "10.1.0.2" {
		t.Errorf("first %s", first)
	}
	pool.Release(first)
	for _, want := range []string{"10.1.0.3", "10.1.0.4", "10.1.0.5", "10.1.0.6", "10.1.0.2"} {
		if got, err := pool.Take(); err != nil || got.String() != want {
			t.Errorf("took %s, %v, want %s", got, err, want)
		}
	}
	if got, err := pool.Take(); err == nil {
		t.Errorf("took %s from a full pool", got)
	}
	pool.Release(first)
	if got, _ := pool.Take(); got != first {
		t.Errorf("took %s, want the one that is free", got)
	}
}

func TestPoolRefuses(t *testing.T) {
	for _, cidr := range []string{"", "10.1.0.0", "10.1.0.0/30", "fd00::/64"} {
		if _, err := NewPool(cidr); err == nil {
			t.Errorf("NewPool(%q) succeeded", cidr)
		}
	}
}

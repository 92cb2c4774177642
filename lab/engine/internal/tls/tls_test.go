package tls

import (
	"strings"
	"testing"
	"time"
)

func TestIsDue(t *testing.T) {
	now := time.Date(2030, 1, 10, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		end   time.Time
		early float64
		want  bool
	}{
		{"long before its end", now.Add(48 * time.Hour), 0, false},
		{"before early renewal", now.Add(25 * time.Hour), 24, false},
		{"at early renewal", now.Add(24 * time.Hour), 24, true},
		{"after its end", now.Add(-time.Second), 0, true},
	} {
		state := map[string]any{"validityEndTime": c.end.Format(time.RFC3339Nano), "earlyRenewalHours": c.early}
		if got := isDue(state, now); got != c.want {
			t.Errorf("%s: due %v", c.name, got)
		}
	}
	if isDue(map[string]any{}, now) {
		t.Error("a certificate that does not exist yet is due")
	}
}

func TestErrorsNameTheInputAndHideItsValue(t *testing.T) {
	for name, value := range map[string]string{
		"no PEM":       "AAAA",
		"another type": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
		"no key":       "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n",
	} {
		_, _, err := createRequest(map[string]any{"privateKeyPem": value})
		if err == nil || !strings.Contains(err.Error(), "privateKeyPem") || strings.Contains(err.Error(), "AAAA") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestUnsupportedUsesAndKeysAreRejectedByName(t *testing.T) {
	if _, _, err := createKey(map[string]any{"algorithm": "RSA"}); err == nil || !strings.Contains(err.Error(), "RSA") {
		t.Errorf("RSA: %v", err)
	}
	_, key, err := createKey(map[string]any{"algorithm": "ECDSA", "ecdsaCurve": "P256"})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = createSelfSigned(map[string]any{
		"privateKeyPem": key["privateKeyPem"], "allowedUses": []any{"signing"},
	})
	if err == nil || !strings.Contains(err.Error(), `"signing"`) {
		t.Errorf("an unknown use: %v", err)
	}
}

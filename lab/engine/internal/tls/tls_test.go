package tls

import (
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

func from(m map[string]any) resource.PropertyMap { return resource.NewPropertyMapFromMap(m) }

func TestPathLengthZeroIsNotWritten(t *testing.T) {
	_, key, err := createPrivateKey(from(map[string]any{"algorithm": "ECDSA", "ecdsaCurve": "P256"}))
	if err != nil {
		t.Fatal(err)
	}
	for length, want := range map[float64]int{0: -1, 1: 1} {
		_, out, err := selfSignedCert().Create(resource.PropertyMap{
			"privateKeyPem": key["privateKeyPem"], "allowedUses": resource.NewArrayProperty(nil),
			"subject":         resource.NewObjectProperty(from(map[string]any{"commonName": "ca"})),
			"isCaCertificate": resource.NewBoolProperty(true), "setSubjectKeyId": resource.NewBoolProperty(false),
			"maxPathLength":       resource.NewNumberProperty(length),
			"validityPeriodHours": resource.NewNumberProperty(1), "earlyRenewalHours": resource.NewNumberProperty(0),
		})
		if err != nil {
			t.Fatal(err)
		}
		block, _ := pem.Decode([]byte(out["certPem"].StringValue()))
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		if cert.MaxPathLen != want || cert.MaxPathLenZero {
			t.Errorf("maxPathLength %v: path length %d, zero %v", length, cert.MaxPathLen, cert.MaxPathLenZero)
		}
	}
}

func TestP224HasNoOpenSSHKey(t *testing.T) {
	_, key, err := createPrivateKey(from(map[string]any{"algorithm": "ECDSA", "ecdsaCurve": "P224"}))
	if err != nil || key["publicKeyOpenssh"].StringValue() != "" {
		t.Errorf("P224: %v %v", key["publicKeyOpenssh"], err)
	}
}

func TestErrorsNameTheProperty(t *testing.T) {
	for name, value := range map[string]string{
		"no PEM":       "x",
		"another type": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
		"no key":       "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n",
	} {
		_, _, err := createCertRequest(from(map[string]any{"privateKeyPem": value}))
		if err == nil || !strings.Contains(err.Error(), "privateKeyPem") {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "AAAA") {
			t.Errorf("%s: the error shows the key: %v", name, err)
		}
	}
}

func TestDue(t *testing.T) {
	now := time.Date(2030, 1, 10, 0, 0, 0, 0, time.UTC)
	state := func(end time.Time, early float64) resource.PropertyMap {
		return from(map[string]any{"validityEndTime": end.Format(time.RFC3339Nano), "earlyRenewalHours": early})
	}
	for _, c := range []struct {
		name  string
		state resource.PropertyMap
		want  bool
	}{
		{"long before its end", state(now.Add(48*time.Hour), 0), false},
		{"before early renewal", state(now.Add(25*time.Hour), 24), false},
		{"at early renewal", state(now.Add(24*time.Hour), 24), true},
		{"after its end", state(now.Add(-time.Second), 0), true},
		{"not created yet", resource.PropertyMap{}, false},
	} {
		if _, got := due(c.state, now); got != c.want {
			t.Errorf("%s: due %v", c.name, got)
		}
	}
}

package tls

import (
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"net/url"

	"lab/engine/internal/standin"
)

func createRequest(inputs map[string]any) (string, map[string]any, error) {
	key, err := parseKey(inputs, "privateKeyPem")
	if err != nil {
		return "", nil, err
	}
	template := &x509.CertificateRequest{Subject: subject(inputs), DNSNames: stringsOf(inputs, "dnsNames")}
	for _, text := range stringsOf(inputs, "uris") {
		uri, err := url.Parse(text)
		if err != nil {
			return "", nil, err
		}
		template.URIs = append(template.URIs, uri)
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, template, key)
	if err != nil {
		return "", nil, err
	}
	return hash(der), map[string]any{
		"certRequestPem": encode("CERTIFICATE REQUEST", der), "keyAlgorithm": "ECDSA",
	}, nil
}

// subject returns the distinguished name. The program sets no other parts of it.
func subject(inputs map[string]any) pkix.Name {
	parts := standin.Get[map[string]any](inputs, "subject")
	name := pkix.Name{CommonName: standin.Get[string](parts, "commonName")}
	if organization := standin.Get[string](parts, "organization"); organization != "" {
		name.Organization = []string{organization}
	}
	return name
}

func stringsOf(inputs map[string]any, name string) []string {
	var out []string
	for _, one := range standin.Get[[]any](inputs, name) {
		text, _ := one.(string)
		out = append(out, text)
	}
	return out
}

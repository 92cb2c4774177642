package tls

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"lab/engine/internal/bridged"
)

func certRequest() *bridged.Resource {
	return &bridged.Resource{
		Inputs: map[string]bridged.Field{
			"privateKeyPem": {Kind: bridged.String, Required: true, Secret: true},
			"subject":       subjectField,
			"dnsNames":      {Kind: bridged.Strings},
			"ipAddresses":   {Kind: bridged.Strings},
			"uris":          {Kind: bridged.Strings},
		},
		Computed: map[string]bool{"id": false, "certRequestPem": false, "keyAlgorithm": false},
		Create:   createCertRequest,
	}
}

func createCertRequest(in resource.PropertyMap) (string, resource.PropertyMap, error) {
	key, algorithm, err := parseKey(in, "privateKeyPem")
	if err != nil {
		return "", nil, err
	}
	names, err := subjectAltNames(in)
	if err != nil {
		return "", nil, err
	}
	template := x509.CertificateRequest{
		Subject: subject(in), DNSNames: names.dns, IPAddresses: names.ips, URIs: names.uris,
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, &template, key)
	if err != nil {
		return "", nil, err
	}
	return hash(der), resource.PropertyMap{
		"certRequestPem": encode(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der}),
		"keyAlgorithm":   resource.NewStringProperty(algorithm),
	}, nil
}

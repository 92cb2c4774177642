package tls

import (
	"crypto/x509"
	"fmt"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"lab/engine/internal/bridged"
)

// certificateInputs adds the inputs that self-signed and locally signed certificates share.
func certificateInputs(own map[string]bridged.Field) map[string]bridged.Field {
	for name, field := range map[string]bridged.Field{
		"allowedUses":         {Kind: bridged.Strings, Required: true, OneOf: uses()},
		"validityPeriodHours": {Kind: bridged.Number, Required: true, Min: bridged.AtLeast(0)},
		"earlyRenewalHours":   {Kind: bridged.Number, Default: 0.0, Min: bridged.AtLeast(0), Updates: true},
		"isCaCertificate":     {Kind: bridged.Bool, Default: false},
		"maxPathLength":       {Kind: bridged.Number, Min: bridged.AtLeast(-1)},
		"setSubjectKeyId":     {Kind: bridged.Bool, Default: false},
	} {
		own[name] = field
	}
	return own
}

func selfSignedCert() *bridged.Resource {
	return &bridged.Resource{
		Inputs: certificateInputs(map[string]bridged.Field{
			"privateKeyPem":     {Kind: bridged.String, Required: true, Secret: true},
			"subject":           subjectField,
			"dnsNames":          {Kind: bridged.Strings},
			"ipAddresses":       {Kind: bridged.Strings},
			"uris":              {Kind: bridged.Strings},
			"setAuthorityKeyId": {Kind: bridged.Bool, Default: false},
		}),
		Computed: computed("keyAlgorithm"),
		Due:      due,
		Create: func(in resource.PropertyMap) (string, resource.PropertyMap, error) {
			key, algorithm, err := parseKey(in, "privateKeyPem")
			if err != nil {
				return "", nil, err
			}
			names, err := subjectAltNames(in)
			if err != nil {
				return "", nil, err
			}
			template := &x509.Certificate{
				Subject: subject(in), DNSNames: names.dns, IPAddresses: names.ips, URIs: names.uris,
			}
			return issue(in, template, nil, key.Public(), key, "keyAlgorithm", algorithm)
		},
	}
}

func locallySignedCert() *bridged.Resource {
	return &bridged.Resource{
		Inputs: certificateInputs(map[string]bridged.Field{
			"caCertPem":       {Kind: bridged.String, Required: true},
			"caPrivateKeyPem": {Kind: bridged.String, Required: true, Secret: true},
			"certRequestPem":  {Kind: bridged.String, Required: true},
		}),
		Computed: computed("caKeyAlgorithm"),
		Due:      due,
		Create: func(in resource.PropertyMap) (string, resource.PropertyMap, error) {
			key, algorithm, err := parseKey(in, "caPrivateKeyPem")
			if err != nil {
				return "", nil, err
			}
			ca, err := parseCertificate(in, "caCertPem")
			if err != nil {
				return "", nil, err
			}
			block, err := decode(in, "certRequestPem", "CERTIFICATE REQUEST")
			if err != nil {
				return "", nil, err
			}
			request, err := x509.ParseCertificateRequest(block.Bytes)
			if err != nil {
				return "", nil, fmt.Errorf("failed to parse certRequestPem: %w", err)
			}
			template := &x509.Certificate{
				Subject: request.Subject, DNSNames: request.DNSNames,
				IPAddresses: request.IPAddresses, URIs: request.URIs,
			}
			return issue(in, template, ca, request.PublicKey, key, "caKeyAlgorithm", algorithm)
		},
	}
}

func computed(algorithm string) map[string]bool {
	return map[string]bool{
		"id": false, "certPem": false, "readyForRenewal": false,
		"validityStartTime": false, "validityEndTime": false, algorithm: false,
	}
}

func parseCertificate(in resource.PropertyMap, name resource.PropertyKey) (*x509.Certificate, error) {
	block, err := decode(in, name, "CERTIFICATE")
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("failed to parse %s: %w", name, err)
	}
	return cert, nil
}

// due says whether the certificate has expired or reached its early renewal.
func due(state resource.PropertyMap, now time.Time) (string, bool) {
	const output = "readyForRenewal"
	value, ok := state["validityEndTime"]
	if !ok || !value.IsString() {
		return output, false
	}
	end, err := time.Parse(time.RFC3339, value.StringValue())
	if err != nil {
		return output, false
	}
	early := time.Duration(0)
	if hours := state["earlyRenewalHours"]; hours.IsNumber() {
		early = time.Duration(hours.NumberValue()) * time.Hour
	}
	return output, !now.Before(end.Add(-early))
}

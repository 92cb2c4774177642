package tls

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"lab/engine/internal/bridged"
)

// certificateInputs are common to the self-signed and the locally signed certificate.
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

// issue signs a certificate, by the parent's key or, without a parent, by its own.
func issue(
	in resource.PropertyMap, template, parent *x509.Certificate, public crypto.PublicKey, signer crypto.Signer,
	algorithmName resource.PropertyKey, algorithm string,
) (string, resource.PropertyMap, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 128))
	if err != nil {
		return "", nil, err
	}
	template.SerialNumber = serial
	template.NotBefore = time.Now()
	hours := time.Duration(in["validityPeriodHours"].NumberValue())
	template.NotAfter = template.NotBefore.Add(hours * time.Hour)
	template.BasicConstraintsValid = true
	applyUses(template, stringsOf(in, "allowedUses"))
	if err := identify(in, template, parent, public); err != nil {
		return "", nil, err
	}
	if parent == nil {
		parent = template
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, signer)
	if err != nil {
		return "", nil, err
	}
	text := resource.NewStringProperty
	period, early := in["validityPeriodHours"].NumberValue(), in["earlyRenewalHours"].NumberValue()
	return serial.String(), resource.PropertyMap{
		"certPem":           encode(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		"validityStartTime": text(template.NotBefore.Format(time.RFC3339Nano)),
		"validityEndTime":   text(template.NotAfter.Format(time.RFC3339Nano)),
		"readyForRenewal":   resource.NewBoolProperty(early >= period),
		algorithmName:       text(algorithm),
	}, nil
}

// identify sets what makes a certificate a CA, and its key identifiers. Like the original, a path length of zero is not
// written: that asks for MaxPathLenZero, which it does not set.
func identify(in resource.PropertyMap, template, parent *x509.Certificate, public crypto.PublicKey) error {
	ca := in["isCaCertificate"].BoolValue()
	if ca && bytes.Equal(mustMarshal(template.Subject.ToRDNSequence()), mustMarshal(x509.Certificate{}.Subject.ToRDNSequence())) {
		return errors.New("invalid certificate subject: a certificate authority needs at least one distinguished name")
	}
	template.IsCA = ca
	if ca || in["setSubjectKeyId"].BoolValue() {
		id, err := subjectKeyID(public)
		if err != nil {
			return err
		}
		template.SubjectKeyId = id
	}
	if length, ok := in["maxPathLength"]; ok && length.NumberValue() >= 0 {
		template.MaxPathLen = int(length.NumberValue())
	}
	if set, ok := in["setAuthorityKeyId"]; ok && set.BoolValue() {
		issuer := parent
		if issuer == nil {
			issuer = template
		}
		if len(issuer.SubjectKeyId) == 0 {
			return errors.New("invalid certificate authority: could not determine the authority key identifier")
		}
		template.AuthorityKeyId = issuer.SubjectKeyId
	}
	return nil
}

// subjectKeyID is the SHA-1 of the public key, the first method of RFC 5280.
func subjectKeyID(public crypto.PublicKey) ([]byte, error) {
	var encoded []byte
	var err error
	switch key := public.(type) {
	case *ecdsa.PublicKey:
		encoded, err = key.Bytes()
	case *rsa.PublicKey:
		encoded, err = asn1.Marshal(*key)
	default:
		encoded, err = asn1.Marshal(key)
	}
	if err != nil {
		return nil, fmt.Errorf("failed to marshal a public key of type %T: %w", public, err)
	}
	sum := sha1.Sum(encoded)
	return sum[:], nil
}

func mustMarshal(value any) []byte {
	der, err := asn1.Marshal(value)
	if err != nil {
		panic(err)
	}
	return der
}

// due says whether the time for renewal has come: early renewal ahead of the end, or the end itself.
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

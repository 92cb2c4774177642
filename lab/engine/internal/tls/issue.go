package tls

import (
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
)

// issue signs a certificate with the parent's key, or with its own key if there is no parent.
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

// identify sets the CA flag, the path length and the key identifiers. Like the official plugin, it does not write a path
// length of zero, because it does not set MaxPathLenZero.
func identify(in resource.PropertyMap, template, parent *x509.Certificate, public crypto.PublicKey) error {
	ca := in["isCaCertificate"].BoolValue()
	if ca && len(template.Subject.ToRDNSequence()) == 0 {
		return errors.New("invalid certificate subject: a certificate authority must have at least one distinguished name")
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
			return errors.New("setAuthorityKeyId needs an issuer with a subject key identifier: set setSubjectKeyId on the issuer")
		}
		template.AuthorityKeyId = issuer.SubjectKeyId
	}
	return nil
}

// subjectKeyID calculates the SHA-1 hash of the public key: method 1 of RFC 5280, section 4.2.1.2.
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

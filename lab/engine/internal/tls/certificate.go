package tls

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"math/big"
	"time"

	"lab/engine/internal/standin"
)

func createSelfSigned(inputs map[string]any) (string, map[string]any, error) {
	key, err := parseKey(inputs, "privateKeyPem")
	if err != nil {
		return "", nil, err
	}
	template := &x509.Certificate{Subject: subject(inputs)}
	return issue(inputs, template, template, key.Public(), key, "keyAlgorithm")
}

func createLocallySigned(inputs map[string]any) (string, map[string]any, error) {
	key, err := parseKey(inputs, "caPrivateKeyPem")
	if err != nil {
		return "", nil, err
	}
	ca, err := parse(inputs, "caCertPem", "CERTIFICATE", x509.ParseCertificate)
	if err != nil {
		return "", nil, err
	}
	request, err := parse(inputs, "certRequestPem", "CERTIFICATE REQUEST", x509.ParseCertificateRequest)
	if err != nil {
		return "", nil, err
	}
	template := &x509.Certificate{Subject: request.Subject, DNSNames: request.DNSNames, URIs: request.URIs}
	return issue(inputs, template, ca, request.PublicKey, key, "caKeyAlgorithm")
}

var keyUsages = map[string]x509.KeyUsage{
	"digital_signature": x509.KeyUsageDigitalSignature,
	"cert_signing":      x509.KeyUsageCertSign,
	"crl_signing":       x509.KeyUsageCRLSign,
}

var extendedUsages = map[string]x509.ExtKeyUsage{
	"server_auth": x509.ExtKeyUsageServerAuth,
	"client_auth": x509.ExtKeyUsageClientAuth,
}

// issue completes a certificate from the template, and signs it with the key of its parent.
func issue(
	inputs map[string]any, template, parent *x509.Certificate, public crypto.PublicKey, signer *ecdsa.PrivateKey,
	algorithmOutput string,
) (string, map[string]any, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 128))
	if err != nil {
		return "", nil, err
	}
	template.SerialNumber = serial
	template.NotBefore = time.Now()
	template.NotAfter = template.NotBefore.Add(hours(inputs, "validityPeriodHours"))
	template.BasicConstraintsValid = true
	template.IsCA = standin.Get[bool](inputs, "isCaCertificate")
	// Like the official plugin, this does not set MaxPathLenZero, so a path length of zero is not written.
	template.MaxPathLen = int(standin.Get[float64](inputs, "maxPathLength"))
	for _, use := range stringsOf(inputs, "allowedUses") {
		usage, isUsage := keyUsages[use]
		extended, isExtended := extendedUsages[use]
		switch {
		case isUsage:
			template.KeyUsage |= usage
		case isExtended:
			template.ExtKeyUsage = append(template.ExtKeyUsage, extended)
		default:
			return "", nil, fmt.Errorf("the stand-in does not support %q in allowedUses: remove it, or add it in lab/engine", use)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, signer)
	if err != nil {
		return "", nil, err
	}
	return serial.String(), map[string]any{
		"certPem":           encode("CERTIFICATE", der),
		"validityStartTime": template.NotBefore.Format(time.RFC3339Nano),
		"validityEndTime":   template.NotAfter.Format(time.RFC3339Nano),
		"readyForRenewal":   hours(inputs, "earlyRenewalHours") >= hours(inputs, "validityPeriodHours"),
		algorithmOutput:     "ECDSA",
	}, nil
}

// isDue says whether the certificate has expired or reached its early renewal.
func isDue(state map[string]any, now time.Time) bool {
	end, err := time.Parse(time.RFC3339, standin.Get[string](state, "validityEndTime"))
	return err == nil && !now.Before(end.Add(-hours(state, "earlyRenewalHours")))
}

func hours(inputs map[string]any, name string) time.Duration {
	return time.Duration(standin.Get[float64](inputs, name)) * time.Hour
}

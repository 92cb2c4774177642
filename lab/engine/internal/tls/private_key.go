package tls

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"golang.org/x/crypto/ssh"

	"lab/engine/internal/bridged"
)

var curves = map[string]elliptic.Curve{
	"P224": elliptic.P224(), "P256": elliptic.P256(), "P384": elliptic.P384(), "P521": elliptic.P521(),
}

func privateKey() *bridged.Resource {
	return &bridged.Resource{
		SchemaVersion: "1",
		Inputs: map[string]bridged.Field{
			"algorithm":  {Kind: bridged.String, Required: true, OneOf: []string{"RSA", "ECDSA", "ED25519"}},
			"ecdsaCurve": {Kind: bridged.String, Default: "P224", OneOf: []string{"P224", "P256", "P384", "P521"}},
			"rsaBits":    {Kind: bridged.Number, Default: 2048.0},
		},
		Computed: map[string]bool{
			"id": false, "privateKeyPem": true, "privateKeyPemPkcs8": true, "privateKeyOpenssh": true,
			"publicKeyPem": false, "publicKeyOpenssh": false,
			"publicKeyFingerprintMd5": false, "publicKeyFingerprintSha256": false,
		},
		Create: createPrivateKey,
	}
}

func createPrivateKey(in resource.PropertyMap) (string, resource.PropertyMap, error) {
	key, err := generate(in)
	if err != nil {
		return "", nil, err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return "", nil, err
	}
	native, err := nativeBlock(key)
	if err != nil {
		return "", nil, err
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", nil, err
	}
	out := resource.PropertyMap{
		"privateKeyPem":      encode(native),
		"privateKeyPemPkcs8": encode(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}),
		"publicKeyPem":       encode(&pem.Block{Type: "PUBLIC KEY", Bytes: public}),
	}
	return hash(public), out, openSSH(key, out)
}

func generate(in resource.PropertyMap) (crypto.Signer, error) {
	switch algorithm := in["algorithm"].StringValue(); algorithm {
	case "RSA":
		return rsa.GenerateKey(rand.Reader, int(in["rsaBits"].NumberValue()))
	case "ECDSA":
		return ecdsa.GenerateKey(curves[in["ecdsaCurve"].StringValue()], rand.Reader)
	case "ED25519":
		_, key, err := ed25519.GenerateKey(rand.Reader)
		return key, err
	default:
		return nil, fmt.Errorf("algorithm must be RSA, ECDSA or ED25519 (got %q)", algorithm)
	}
}

// nativeBlock encodes a key in the oldest format of its algorithm.
func nativeBlock(key crypto.Signer) (*pem.Block, error) {
	switch key := key.(type) {
	case *rsa.PrivateKey:
		return &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}, nil
	case *ecdsa.PrivateKey:
		der, err := x509.MarshalECPrivateKey(key)
		return &pem.Block{Type: "EC PRIVATE KEY", Bytes: der}, err
	default:
		der, err := x509.MarshalPKCS8PrivateKey(key)
		return &pem.Block{Type: "PRIVATE KEY", Bytes: der}, err
	}
}

// openSSH adds the OpenSSH formats. They are empty for P224, which OpenSSH does not support.
func openSSH(key crypto.Signer, out resource.PropertyMap) error {
	for _, name := range []resource.PropertyKey{
		"privateKeyOpenssh", "publicKeyOpenssh", "publicKeyFingerprintMd5", "publicKeyFingerprintSha256",
	} {
		out[name] = resource.NewStringProperty("")
	}
	if ec, ok := key.(*ecdsa.PrivateKey); ok && ec.Curve == elliptic.P224() {
		return nil
	}
	private, err := ssh.MarshalPrivateKey(key, "")
	if err != nil {
		return err
	}
	public, err := ssh.NewPublicKey(key.Public())
	if err != nil {
		return err
	}
	out["privateKeyOpenssh"] = encode(private)
	out["publicKeyOpenssh"] = resource.NewStringProperty(string(ssh.MarshalAuthorizedKey(public)))
	out["publicKeyFingerprintMd5"] = resource.NewStringProperty(ssh.FingerprintLegacyMD5(public))
	out["publicKeyFingerprintSha256"] = resource.NewStringProperty(ssh.FingerprintSHA256(public))
	return nil
}

package tls

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// hash creates an ID for resources without a serial number. It does not protect anything, so SHA-1 is enough.
func hash(der []byte) string {
	sum := sha1.Sum(bytes.TrimSpace(der))
	return hex.EncodeToString(sum[:])
}

func encode(block *pem.Block) resource.PropertyValue {
	return resource.NewStringProperty(string(pem.EncodeToMemory(block)))
}

// decode decodes the first PEM block of a property; its errors name the property and never show its value.
func decode(in resource.PropertyMap, name resource.PropertyKey, types ...string) (*pem.Block, error) {
	value, ok := in[name]
	if !ok || !value.IsString() {
		return nil, fmt.Errorf("%s must be set", name)
	}
	block, _ := pem.Decode([]byte(value.StringValue()))
	if block == nil {
		return nil, fmt.Errorf("failed to decode %s: it is not PEM", name)
	}
	for _, t := range types {
		if block.Type == t {
			return block, nil
		}
	}
	return nil, fmt.Errorf("failed to decode %s: expected PEM of type %q, got %q", name, types[0], block.Type)
}

// parseKey parses a private key in any format that PrivateKey writes; returns the key and its algorithm.
func parseKey(in resource.PropertyMap, name resource.PropertyKey) (crypto.Signer, string, error) {
	block, err := decode(in, name, "PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY")
	if err != nil {
		return nil, "", err
	}
	var key any
	switch block.Type {
	case "EC PRIVATE KEY":
		key, err = x509.ParseECPrivateKey(block.Bytes)
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	default:
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	if err != nil {
		return nil, "", fmt.Errorf("failed to parse %s: %w", name, err)
	}
	switch key := key.(type) {
	case *ecdsa.PrivateKey:
		return key, "ECDSA", nil
	case *rsa.PrivateKey:
		return key, "RSA", nil
	case ed25519.PrivateKey:
		return key, "ED25519", nil
	default:
		return nil, "", fmt.Errorf("%s must be an ECDSA, RSA or ED25519 key (got %T)", name, key)
	}
}

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

// hash is the id of what has no serial number: it names, it does not protect.
func hash(der []byte) string {
	sum := sha1.Sum(bytes.TrimSpace(der))
	return hex.EncodeToString(sum[:])
}

func encode(block *pem.Block) resource.PropertyValue {
	return resource.NewStringProperty(string(pem.EncodeToMemory(block)))
}

// decode finds the first PEM block of a property and names the property when there is none, or one of another type.
func decode(in resource.PropertyMap, name resource.PropertyKey, types ...string) (*pem.Block, error) {
	value, ok := in[name]
	if !ok || !value.IsString() {
		return nil, fmt.Errorf("%s is missing", name)
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

// parseKey reads a private key of any of the formats that PrivateKey writes, and the name of its algorithm.
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
		return nil, "", fmt.Errorf("%s is a key of an unsupported type, %T", name, key)
	}
}

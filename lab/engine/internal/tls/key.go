package tls

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"

	"lab/engine/internal/standin"
)

const keyType = "EC PRIVATE KEY"

func createKey(inputs map[string]any) (string, map[string]any, error) {
	algorithm, curve := standin.Get[string](inputs, "algorithm"), standin.Get[string](inputs, "ecdsaCurve")
	if algorithm != "ECDSA" || curve != "P256" {
		return "", nil, fmt.Errorf("the stand-in creates only ECDSA keys with the curve P256 (got %s, %s)", algorithm, curve)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", nil, err
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return "", nil, err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return "", nil, err
	}
	return hash(public), map[string]any{
		"__meta":        `{"schema_version":"1"}`,
		"privateKeyPem": encode(keyType, private),
		"publicKeyPem":  encode("PUBLIC KEY", public),
		// The program does not use the other formats.
		"privateKeyPemPkcs8": "", "privateKeyOpenssh": "", "publicKeyOpenssh": "",
		"publicKeyFingerprintMd5": "", "publicKeyFingerprintSha256": "",
	}, nil
}

func parseKey(inputs map[string]any, name string) (*ecdsa.PrivateKey, error) {
	return parse(inputs, name, keyType, x509.ParseECPrivateKey)
}

// hash creates an ID for resources without a serial number. It does not protect anything, so SHA-1 is enough.
func hash(der []byte) string {
	sum := sha1.Sum(der)
	return hex.EncodeToString(sum[:])
}

func encode(blockType string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: blockType, Bytes: der}))
}

// parse parses the PEM block of an input. Its errors name the input, and do not show the value, which may be a key.
func parse[T any](inputs map[string]any, name, blockType string, parseDer func([]byte) (T, error)) (T, error) {
	var none T
	block, _ := pem.Decode([]byte(standin.Get[string](inputs, name)))
	if block == nil || block.Type != blockType {
		return none, fmt.Errorf("failed to decode %s: it must be PEM of type %q", name, blockType)
	}
	parsed, err := parseDer(block.Bytes)
	if err != nil {
		return none, fmt.Errorf("failed to parse %s: %w", name, err)
	}
	return parsed, nil
}

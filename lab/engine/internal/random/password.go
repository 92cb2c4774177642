// Package random stands in for the random plugin.
package random

import (
	"crypto/rand"
	"errors"
	"math/big"

	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"

	"lab/engine/internal/standin"
)

const (
	alphanumerics = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	symbols       = "!@#$%&*()-_=+[]{}<>:?"
)

// Resources are the types that the program uses.
var Resources = map[tokens.Type]standin.Resource{
	"random:index/randomPassword:RandomPassword": {
		Inputs: map[string]standin.Input{"length": {}, "special": {Default: true}},
		Create: createPassword,
	},
}

func createPassword(inputs map[string]any) (string, map[string]any, error) {
	chars := alphanumerics
	if standin.Get[bool](inputs, "special") {
		chars += symbols
	}
	length := int(standin.Get[float64](inputs, "length"))
	if length < 1 {
		return "", nil, errors.New("length must be at least 1")
	}
	result := make([]byte, length)
	for i := range result {
		at, err := rand.Int(rand.Reader, big.NewInt(int64(len(chars))))
		if err != nil {
			return "", nil, err
		}
		result[i] = chars[at.Int64()]
	}
	// The ID is not secret, so it cannot be the password.
	return "none", map[string]any{
		"__meta": `{"schema_version":"3"}`,
		"result": string(result),
		// The program does not use the hash, or the settings below.
		"bcryptHash": "",
		"lower":      true, "upper": true, "number": true, "numeric": true,
		"minLower": 0.0, "minUpper": 0.0, "minNumeric": 0.0, "minSpecial": 0.0,
	}, nil
}

package random

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"golang.org/x/crypto/bcrypt"

	"lab/engine/internal/bridged"
)

const (
	digits  = "0123456789"
	lowers  = "abcdefghijklmnopqrstuvwxyz"
	uppers  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	symbols = "!@#$%&*()-_=+[]{}<>:?"
	// bcrypt ignores all bytes after this many.
	bcryptLimit = 72
)

func passwordInputs() map[string]bridged.Field {
	class := bridged.Field{Kind: bridged.Bool, Default: true}
	least := bridged.Field{Kind: bridged.Number, Default: 0.0, Min: bridged.AtLeast(0)}
	return map[string]bridged.Field{
		"length":          {Kind: bridged.Number, Required: true, Min: bridged.AtLeast(1)},
		"keepers":         {Kind: bridged.Map},
		"overrideSpecial": {Kind: bridged.String},
		"lower":           class, "upper": class, "special": class,
		// Two names of one setting: the one that the program sets applies.
		"number": {Kind: bridged.Bool}, "numeric": {Kind: bridged.Bool},
		"minLower": least, "minUpper": least, "minNumeric": least, "minSpecial": least,
	}
}

func randomPassword() *bridged.Resource {
	return &bridged.Resource{
		SchemaVersion: "3", Inputs: passwordInputs(), Plan: planPassword,
		Computed: map[string]bool{"id": false, "result": true, "bcryptHash": true},
		Create: func(in resource.PropertyMap) (string, resource.PropertyMap, error) {
			result, err := generatePassword(in)
			if err != nil {
				return "", nil, err
			}
			hash, err := bcrypt.GenerateFromPassword([]byte(result)[:min(len(result), bcryptLimit)], bcrypt.DefaultCost)
			if err != nil {
				return "", nil, err
			}
			// The ID is not secret, so it cannot be the password.
			return "none", resource.PropertyMap{
				"result":     resource.NewStringProperty(result),
				"bcryptHash": resource.NewStringProperty(string(hash)),
			}, nil
		},
	}
}

// planPassword sets both number and numeric, and rejects more required characters than the length allows.
func planPassword(in resource.PropertyMap) error {
	number, numeric := in["number"], in["numeric"]
	switch {
	case number.IsBool() && numeric.IsBool() && number.BoolValue() != numeric.BoolValue():
		return errors.New("number and numeric must be equal: set only numeric, because number is deprecated")
	case number.IsBool():
		in["numeric"] = number
	case numeric.IsBool():
		in["number"] = numeric
	default:
		in["number"], in["numeric"] = resource.NewBoolProperty(true), resource.NewBoolProperty(true)
	}
	least := 0.0
	for _, name := range []resource.PropertyKey{"minLower", "minUpper", "minNumeric", "minSpecial"} {
		least += in[name].NumberValue()
	}
	if length := in["length"].NumberValue(); length < least {
		return fmt.Errorf("length (%v) must be at least the sum of minLower, minUpper, minNumeric and minSpecial (%v)",
			length, least)
	}
	return nil
}

func generatePassword(in resource.PropertyMap) (string, error) {
	special := symbols
	if s := in["overrideSpecial"]; s.IsString() && s.StringValue() != "" {
		special = s.StringValue()
	}
	var all, result []rune
	for _, class := range []struct {
		use, least resource.PropertyKey
		chars      string
	}{
		{"upper", "minUpper", uppers},
		{"lower", "minLower", lowers},
		{"numeric", "minNumeric", digits},
		{"special", "minSpecial", special},
	} {
		if in[class.use].BoolValue() {
			all = append(all, []rune(class.chars)...)
		}
		picked, err := pick([]rune(class.chars), int(in[class.least].NumberValue()))
		if err != nil {
			return "", err
		}
		result = append(result, picked...)
	}
	if len(all) == 0 {
		return "", errors.New("at least one of upper, lower, numeric and special must be true")
	}
	rest, err := pick(all, int(in["length"].NumberValue())-len(result))
	if err != nil {
		return "", err
	}
	return string(shuffle(append(result, rest...))), nil
}

func pick(chars []rune, n int) ([]rune, error) {
	out := make([]rune, n)
	for i := range out {
		at, err := rand.Int(rand.Reader, big.NewInt(int64(len(chars))))
		if err != nil {
			return nil, err
		}
		out[i] = chars[at.Int64()]
	}
	return out, nil
}

// shuffle hides the positions of the required characters.
func shuffle(runes []rune) []rune {
	for i := len(runes) - 1; i > 0; i-- {
		j, err := rand.Int(rand.Reader, big.NewInt(int64(i+1)))
		if err != nil {
			panic(err) // crypto/rand does not fail on a working system.
		}
		runes[i], runes[j.Int64()] = runes[j.Int64()], runes[i]
	}
	return runes
}

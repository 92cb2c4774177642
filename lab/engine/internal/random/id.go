package random

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"math/big"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"lab/engine/internal/bridged"
)

func randomID() *bridged.Resource {
	return &bridged.Resource{
		Inputs: map[string]bridged.Field{
			"byteLength": {Kind: bridged.Number, Required: true, Min: bridged.AtLeast(1)},
			"keepers":    {Kind: bridged.Map},
			"prefix":     {Kind: bridged.String},
		},
		Computed: map[string]bool{"id": false, "b64Std": false, "b64Url": false, "dec": false, "hex": false},
		Create: func(in resource.PropertyMap) (string, resource.PropertyMap, error) {
			value := make([]byte, int(in["byteLength"].NumberValue()))
			if _, err := rand.Read(value); err != nil {
				return "", nil, err
			}
			prefix := ""
			if p := in["prefix"]; p.IsString() {
				prefix = p.StringValue()
			}
			text := func(s string) resource.PropertyValue { return resource.NewStringProperty(prefix + s) }
			id := base64.RawURLEncoding.EncodeToString(value)
			return id, resource.PropertyMap{
				"b64Url": text(id),
				"b64Std": text(base64.StdEncoding.EncodeToString(value)),
				"dec":    text(new(big.Int).SetBytes(value).String()),
				"hex":    text(hex.EncodeToString(value)),
			}, nil
		},
	}
}

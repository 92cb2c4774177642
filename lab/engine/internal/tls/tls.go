// Package tls stands in for the tls plugin: it creates keys, certificate requests and certificates with Go's crypto packages.
package tls

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"

	"lab/engine/internal/standin"
)

// Resources are the types and inputs that the program uses.
var Resources = map[tokens.Type]standin.Resource{
	"tls:index/privateKey:PrivateKey": {
		Inputs: map[string]standin.Input{"algorithm": {}, "ecdsaCurve": {Default: "P224"}, "rsaBits": {Default: 2048.0}},
		Create: createKey,
	},
	"tls:index/certRequest:CertRequest": {
		Inputs: map[string]standin.Input{"privateKeyPem": {}, "subject": {}, "dnsNames": {}, "uris": {}},
		Create: createRequest,
	},
	"tls:index/selfSignedCert:SelfSignedCert": {
		Inputs: certificateInputs(map[string]standin.Input{
			"privateKeyPem": {}, "subject": {}, "setAuthorityKeyId": {Default: false},
		}),
		Create: createSelfSigned, IsDue: isDue,
	},
	"tls:index/locallySignedCert:LocallySignedCert": {
		Inputs: certificateInputs(map[string]standin.Input{
			"certRequestPem": {}, "caCertPem": {}, "caPrivateKeyPem": {}, "maxPathLength": {},
		}),
		Create: createLocallySigned, IsDue: isDue,
	},
}

// certificateInputs adds the inputs that both types of certificates have.
func certificateInputs(own map[string]standin.Input) map[string]standin.Input {
	own["allowedUses"] = standin.Input{}
	own["validityPeriodHours"] = standin.Input{}
	own["earlyRenewalHours"] = standin.Input{Default: 0.0, InPlace: true}
	own["isCaCertificate"] = standin.Input{Default: false}
	own["setSubjectKeyId"] = standin.Input{Default: false}
	return own
}

// Package tls stands in for the tls plugin: it creates keys, certificate requests and certificates with Go's crypto packages.
package tls

import (
	"time"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"

	"lab/engine/internal/bridged"
	"lab/engine/internal/serve"
)

// New creates the provider.
func New(_ *serve.Host, version semver.Version) plugin.Provider {
	return &bridged.Provider{
		Package: "tls", Version: version, Now: time.Now,
		Resources: map[tokens.Type]*bridged.Resource{
			"tls:index/privateKey:PrivateKey":               privateKey(),
			"tls:index/certRequest:CertRequest":             certRequest(),
			"tls:index/selfSignedCert:SelfSignedCert":       selfSignedCert(),
			"tls:index/locallySignedCert:LocallySignedCert": locallySignedCert(),
		},
	}
}

// Package random stands in for the random plugin: it creates values once and keeps them in the state.
package random

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
		Package: "random", Version: version, Now: time.Now,
		Resources: map[tokens.Type]*bridged.Resource{
			"random:index/randomId:RandomId":             randomID(),
			"random:index/randomPassword:RandomPassword": randomPassword(),
		},
	}
}

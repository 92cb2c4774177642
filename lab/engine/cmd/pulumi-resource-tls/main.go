// Command pulumi-resource-tls stands in for the official tls plugin.
package main

import (
	"lab/engine/internal/standin"
	"lab/engine/internal/tls"
)

// The version is that of the official plugin that package.json pins: the engine warns about an older one.
func main() { standin.Main("tls", "5.6.1", tls.Resources) }

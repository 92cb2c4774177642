// Command pulumi-resource-tls stands in for the official tls plugin.
package main

import (
	"lab/engine/internal/serve"
	"lab/engine/internal/tls"
)

// version is that of the official plugin that package.json pins.
const version = "5.6.1"

func main() { serve.Main(version, tls.New) }

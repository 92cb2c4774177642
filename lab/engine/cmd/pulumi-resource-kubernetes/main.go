// Command pulumi-resource-kubernetes stands in for the official kubernetes plugin.
package main

import (
	"lab/engine/internal/kubernetes"
	"lab/engine/internal/serve"
)

// version is that of the official plugin that package.json pins.
const version = "4.34.2"

func main() { serve.Main(version, kubernetes.New) }

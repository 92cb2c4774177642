// Command pulumi-resource-random stands in for the official random plugin.
package main

import (
	"lab/engine/internal/random"
	"lab/engine/internal/serve"
)

// version is that of the official plugin that package.json pins.
const version = "4.21.2"

func main() { serve.Main(version, random.New) }

// Command pulumi-resource-random stands in for the official random plugin.
package main

import (
	"lab/engine/internal/random"
	"lab/engine/internal/standin"
)

// The version is that of the official plugin that package.json pins: the engine warns about an older one.
func main() { standin.Main("random", "4.21.2", random.Resources) }

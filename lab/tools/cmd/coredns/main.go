// Command coredns is CoreDNS with the plugins that the lab's Corefile uses. The official program has 60 plugins,
// among them clients of AWS, Azure, Datadog and Google, and compiling these takes minutes.
// See https://coredns.io/2017/07/25/compile-time-enabling-or-disabling-plugins/.
package main

import (
	"github.com/coredns/coredns/coremain"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/template"
)

func main() {
	coremain.Run()
}

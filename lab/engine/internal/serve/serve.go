// Package serve runs a provider as a Pulumi plugin: a program that listens on a loopback port, prints the port, and serves
// the engine's gRPC calls.
package serve

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// Main serves the provider that build returns until the engine has ended. The version must be that of the official plugin
// that matches the program's SDK, because the engine asks for it.
func Main(version string, build func(host *Host, version semver.Version) plugin.Provider) {
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Println(version)
		return
	}
	if err := run(version, build); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(version string, build func(host *Host, version semver.Version) plugin.Provider) error {
	parsed, err := semver.Parse(version)
	if err != nil {
		return fmt.Errorf("the plugin's version must be a semantic version (got %q): %w", version, err)
	}
	host := &Host{}
	provider := build(host, parsed)
	stop := make(chan bool)
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: stop,
		Init: func(srv *grpc.Server) error {
			pulumirpc.RegisterResourceProviderServer(srv, newServer(provider, host))
			return nil
		},
	})
	if err != nil {
		return err
	}
	// The engine reads the port from the first line of standard output.
	fmt.Println(handle.Port)
	go func() {
		waitForParentToEnd()
		_ = provider.SignalCancellation(context.Background())
		close(stop)
	}()
	return <-handle.Done
}

// waitForParentToEnd returns when the engine has ended, even if it was killed. A plugin must not outlive it.
func waitForParentToEnd() {
	for parent := os.Getppid(); os.Getppid() == parent; {
		time.Sleep(time.Second)
	}
}

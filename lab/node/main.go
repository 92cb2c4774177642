// Command lab-node is the node agent of the lab: it registers a node, runs the pods that are scheduled to it as
// processes of the host in namespaces of their own, and gives Services of type LoadBalancer their addresses.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/record"

	"lab/node/internal/config"
	"lab/node/internal/container"
	"lab/node/internal/image"
	"lab/node/internal/kubelet"
	"lab/node/internal/loadbalancer"
	"lab/node/internal/objects"
	"lab/node/internal/pod"
	"lab/node/internal/sandbox"
)

// shutdownGrace is what pods get when the agent is asked to end.
const shutdownGrace = 2 * time.Second

func main() {
	container.Main()
	file := flag.String("config", "", "configuration `file` (JSON, see README.md)")
	flag.Parse()
	if err := run(*file); err != nil {
		fmt.Fprintln(os.Stderr, "lab-node:", err)
		os.Exit(1)
	}
}

func run(file string) error {
	c, err := config.Load(file)
	if err != nil {
		return err
	}
	level := slog.LevelInfo
	if c.Verbose {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	client, err := connect(c.Kubeconfig)
	if err != nil {
		return err
	}
	broadcaster := record.NewBroadcaster()
	defer broadcaster.Shutdown()
	broadcaster.StartRecordingToSink(&corev1client.EventSinkImpl{Interface: client.CoreV1().Events("")})
	recorder := func(component string) record.EventRecorder {
		return broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: component, Host: c.NodeName})
	}
	libraryLog := log
	if !c.Verbose {
		libraryLog = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	k := kubelet.New(c, client, recorder("kubelet"), libraryLog)
	pods, err := newPods(c, client, k.Objects(), recorder("kubelet"), log)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if c.LoadBalancerCIDR != "" {
		balancer, err := loadbalancer.New(client, c.LoadBalancerCIDR, recorder("service-controller"), log)
		if err != nil {
			return err
		}
		go balancer.Run(ctx)
	}
	err = k.Run(ctx, pods)
	log.Info("ending", "node", c.NodeName)
	pods.Shutdown(shutdownGrace)
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return nil
	}
	return err
}

func connect(kubeconfig string) (kubernetes.Interface, error) {
	settings, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	// The default, five requests a second, would delay each status.
	settings.QPS, settings.Burst = 200, 400
	settings.UserAgent = "lab-node"
	return kubernetes.NewForConfig(settings)
}

func newPods(
	c *config.Config, client kubernetes.Interface, refer *objects.Objects, events record.EventRecorder, log *slog.Logger,
) (*pod.Manager, error) {
	network, err := sandbox.NewNetwork(c.NodeName, c.PodCIDR)
	if err != nil {
		return nil, err
	}
	// What a former agent left, if it was killed.
	if err := os.RemoveAll(filepath.Join(c.WorkDir, "pods")); err != nil {
		return nil, err
	}
	base := filepath.Join(c.WorkDir, "base")
	if err := container.MakeBase(base); err != nil {
		return nil, err
	}
	allocatable := corev1.ResourceList{}
	for name, quantity := range c.Resources() {
		allocatable[corev1.ResourceName(name)] = quantity
	}
	return pod.NewManager(pod.Options{
		Runtime: container.NewRuntime(), Network: network, Images: image.Table(c.Images), Objects: refer,
		Node:   &objects.Node{Name: c.NodeName, HostIP: c.InternalIP, Allocatable: allocatable},
		DNS:    sandbox.DNS{Server: c.ClusterDNS, Domain: c.ClusterDomain},
		Events: events, API: kubelet.API{Client: client.CoreV1()}, Log: log,
		WorkDir: c.WorkDir, BaseDir: base, LogDir: c.LogDir,
	}), nil
}

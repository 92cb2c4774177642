package kubelet

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/virtual-kubelet/virtual-kubelet/node/api"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apiserver/pkg/server/dynamiccertificates"
	"k8s.io/client-go/kubernetes"

	"lab/node/internal/config"
	"lab/node/internal/pod"
)

// idle is after how long without a byte a stream of exec or port-forward is closed. The kubelet's figure.
const idle = 4 * time.Hour

// serve serves the kubelet's API until ctx ends, to clients with a certificate of the client CA that may use it.
func serve(ctx context.Context, c *config.Config, client kubernetes.Interface, pods *pod.Manager) error {
	certificate, err := tls.LoadX509KeyPair(c.ServingCert, c.ServingKey)
	if err != nil {
		return err
	}
	authorities, err := dynamiccertificates.NewDynamicCAContentFromFile("client-ca", c.ClientCA)
	if err != nil {
		return err
	}
	guarded, err := guard(c, client, authorities, handler(pods))
	if err != nil {
		return err
	}
	verify, _ := authorities.VerifyOptions()
	listener, err := tls.Listen("tcp", net.JoinHostPort(c.InternalIP, fmt.Sprint(c.KubeletPort)), &tls.Config{
		MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{certificate},
		ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: verify.Roots,
	})
	if err != nil {
		return err
	}
	server := &http.Server{Handler: guarded, ReadHeaderTimeout: 30 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return nil
}

func handler(pods *pod.Manager) http.Handler {
	all := func(ctx context.Context) ([]*corev1.Pod, error) { return pods.GetPods(ctx) }
	routes := api.PodHandler(api.PodHandlerConfig{
		RunInContainer: pods.RunInContainer, AttachToContainer: pods.AttachToContainer,
		PortForward: pods.PortForward, GetContainerLogs: pods.GetContainerLogs,
		GetPods: all, GetPodsFromKubernetes: all,
		GetStatsSummary: pods.GetStatsSummary, GetMetricsResource: pods.GetMetricsResource,
		StreamIdleTimeout: idle, StreamCreationTimeout: 30 * time.Second,
	}, false)
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") })
	mux.Handle("/", noTail(routes))
	return mux
}

// noTail keeps "no line" (tailLines=0) apart from "all lines", which virtual-kubelet does not.
func noTail(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if query := r.URL.Query(); query.Get("tailLines") == "0" {
			query.Del("tailLines")
			r = r.WithContext(pod.WithoutLines(r.Context()))
			target := *r.URL
			target.RawQuery = query.Encode()
			r.URL = &target
		}
		next.ServeHTTP(w, r)
	})
}

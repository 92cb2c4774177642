// Package probe asks containers how they are, the ways that probes and lifecycle hooks may be written.
package probe

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	health "google.golang.org/grpc/health/grpc_health_v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// maxBody is how much of a failed answer is shown.
const maxBody = 1 << 10

// Target is the container that is asked.
type Target struct {
	Container *corev1.Container
	PodIP     string
	// Exec runs a command in the container and returns its exit code and output.
	Exec func(ctx context.Context, command []string) (int, string, error)
}

// Check asks once. Nil means healthy.
func (t *Target) Check(ctx context.Context, handler *corev1.ProbeHandler) error {
	switch {
	case handler.Exec != nil:
		return t.exec(ctx, handler.Exec)
	case handler.HTTPGet != nil:
		return t.HTTP(ctx, handler.HTTPGet)
	case handler.TCPSocket != nil:
		return t.tcp(ctx, handler.TCPSocket)
	case handler.GRPC != nil:
		return t.grpc(ctx, handler.GRPC)
	}
	return errors.New("the probe has no handler")
}

func (t *Target) exec(ctx context.Context, action *corev1.ExecAction) error {
	code, output, err := t.Exec(ctx, action.Command)
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("command timed out: %s", strings.Join(action.Command, " "))
	case err != nil:
		return err
	case code != 0:
		return fmt.Errorf("exit code %d: %s", code, strings.TrimSpace(output))
	}
	return nil
}

// HTTP makes a request; any answer from 200 to 399 is good.
func (t *Target) HTTP(ctx context.Context, action *corev1.HTTPGetAction) error {
	port, err := t.port(action.Port)
	if err != nil {
		return err
	}
	path, err := url.Parse(action.Path)
	if err != nil {
		return err
	}
	path.Scheme, path.Host = strings.ToLower(string(action.Scheme)), net.JoinHostPort(cmp.Or(action.Host, t.PodIP), port)
	if path.Scheme == "" {
		path.Scheme = "http"
	}
	if !strings.HasPrefix(path.Path, "/") {
		path.Path = "/" + path.Path
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, path.String(), nil)
	if err != nil {
		return err
	}
	request.Header.Set("User-Agent", "kube-probe/1")
	request.Header.Set("Accept", "*/*")
	for _, header := range action.HTTPHeaders {
		if strings.EqualFold(header.Name, "Host") {
			request.Host = header.Value
		} else {
			request.Header.Set(header.Name, header.Value)
		}
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 200 && response.StatusCode < 400 {
		return nil
	}
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxBody))
	return fmt.Errorf("HTTP probe failed with statuscode: %d: %s", response.StatusCode, strings.TrimSpace(string(body)))
}

// client asks anew each time, follows no redirect (a redirect is an answer), and trusts any certificate, as
// probes have no say in what a container's certificate is.
var client = &http.Client{
	Transport: &http.Transport{
		DisableKeepAlives: true,
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true}, //nolint:gosec // see above
	},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func (t *Target) tcp(ctx context.Context, action *corev1.TCPSocketAction) error {
	port, err := t.port(action.Port)
	if err != nil {
		return err
	}
	connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(cmp.Or(action.Host, t.PodIP), port))
	if err != nil {
		return err
	}
	return connection.Close()
}

func (t *Target) grpc(ctx context.Context, action *corev1.GRPCAction) error {
	address := net.JoinHostPort(t.PodIP, strconv.Itoa(int(action.Port)))
	connection, err := grpc.NewClient("passthrough:///"+address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer connection.Close()
	request := &health.HealthCheckRequest{}
	if action.Service != nil {
		request.Service = *action.Service
	}
	response, err := health.NewHealthClient(connection).Check(ctx, request)
	if err != nil {
		return err
	}
	if response.GetStatus() != health.HealthCheckResponse_SERVING {
		return fmt.Errorf("service unhealthy (responded with %q)", response.GetStatus())
	}
	return nil
}

// port resolves a port that may be a name.
func (t *Target) port(port intstr.IntOrString) (string, error) {
	if port.Type == intstr.Int {
		return strconv.Itoa(int(port.IntVal)), nil
	}
	for _, declared := range t.Container.Ports {
		if declared.Name == port.StrVal {
			return strconv.Itoa(int(declared.ContainerPort)), nil
		}
	}
	if _, err := strconv.ParseUint(port.StrVal, 10, 16); err == nil {
		return port.StrVal, nil
	}
	return "", fmt.Errorf("container %s has no port named %q", t.Container.Name, port.StrVal)
}

package kubernetes

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// cluster is the connection to one API server.
type cluster struct {
	host      string
	namespace string
	client    dynamic.Interface
	// raw is what Helm is given.
	raw api.Config
}

func connect(s settings) (*cluster, error) {
	config, err := s.clientConfig()
	if err != nil {
		return nil, err
	}
	client, err := config.ClientConfig()
	if err != nil {
		return nil, fmt.Errorf("unable to load the Kubernetes client configuration: %w", err)
	}
	namespace, _, err := config.Namespace()
	if err != nil {
		return nil, err
	}
	raw, err := config.RawConfig()
	if err != nil {
		return nil, err
	}
	// Many resources are worked on at once.
	client.QPS, client.Burst = 50, 120
	client.WarningHandler = rest.NoWarnings{}
	client.UserAgent = "pulumi-kubernetes"
	dyn, err := dynamic.NewForConfig(client)
	if err != nil {
		return nil, err
	}
	if s.context != "" {
		raw.CurrentContext = s.context
	}
	if context := raw.Contexts[raw.CurrentContext]; context != nil && s.cluster != "" {
		context.Cluster = s.cluster
	}
	return &cluster{host: client.Host, namespace: namespace, client: dyn, raw: raw}, nil
}

func (c *cluster) resource(gvr schema.GroupVersionResource, namespace string) dynamic.ResourceInterface {
	if namespace == "" {
		return c.client.Resource(gvr)
	}
	return c.client.Resource(gvr).Namespace(namespace)
}

// kubeconfig is the configuration by itself: what it refers to by file is inside.
func (c *cluster) kubeconfig() ([]byte, error) {
	config := c.raw.DeepCopy()
	if err := api.FlattenConfig(config); err != nil {
		return nil, err
	}
	return clientcmd.Write(*config)
}

// explain puts an error of the network into words; others stay.
func (c *cluster) explain(err error) error {
	if !isUnreachable(err) {
		return err
	}
	return fmt.Errorf("configured Kubernetes cluster is unreachable: %s: %w", c.host, err)
}

func isUnreachable(err error) bool {
	var network *net.OpError
	var request *url.Error
	return errors.As(err, &network) || errors.As(err, &request) && !request.Timeout()
}

// isKindMissing says that the API server does not know the kind: its CustomResourceDefinition is not there (yet). The
// answer about a missing object, by contrast, names it.
func isKindMissing(err error) bool {
	var status apierrors.APIStatus
	if !errors.As(err, &status) || !apierrors.IsNotFound(err) {
		return false
	}
	details := status.Status().Details
	return details == nil || details.Name == ""
}

// isNamespaceMissing says that the namespace of an object is not there (yet).
func isNamespaceMissing(err error) bool {
	var status apierrors.APIStatus
	if !errors.As(err, &status) || !apierrors.IsNotFound(err) {
		return false
	}
	details := status.Status().Details
	return details != nil && details.Kind == "namespaces" || strings.Contains(err.Error(), "namespaces ")
}

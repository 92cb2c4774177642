package kubelet

import (
	"context"
	"net/http"

	"github.com/virtual-kubelet/virtual-kubelet/node/nodeutil"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/apiserver/pkg/server/dynamiccertificates"
	"k8s.io/client-go/kubernetes"

	"lab/node/internal/config"
)

// guard lets those through whom the client CA certifies and who are administrators, as the API server is, or
// of whom the API server says that they may use the node's proxy.
func guard(
	c *config.Config, client kubernetes.Interface, authorities dynamiccertificates.CAContentProvider, next http.Handler,
) (http.Handler, error) {
	auth, err := nodeutil.WebhookAuth(client, c.NodeName, func(a *nodeutil.WebhookAuthConfig) error {
		a.AuthnConfig.ClientCertificateCAContentProvider = authorities
		return nil
	})
	if err != nil {
		return nil, err
	}
	admins := authorizerfactory.NewPrivilegedGroups(user.SystemPrivilegedGroup)
	return nodeutil.WithAuth(adminsFirst{auth, admins}, next), nil
}

// adminsFirst spares the API server the question about itself.
type adminsFirst struct {
	nodeutil.Auth
	admins authorizer.Authorizer
}

// Authorize implements [authorizer.Authorizer].
func (a adminsFirst) Authorize(ctx context.Context, attributes authorizer.Attributes) (authorizer.Decision, string, error) {
	if decision, reason, err := a.admins.Authorize(ctx, attributes); decision == authorizer.DecisionAllow {
		return decision, reason, err
	}
	return a.Auth.Authorize(ctx, attributes)
}

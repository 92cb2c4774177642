package kubernetes

import (
	"fmt"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// kind is one type of object that the program uses.
type kind struct {
	schema.GroupVersionResource
	clusterWide bool
	// typed makes an empty object of a built-in kind; nil for custom resources, whose schema only the API server knows.
	typed func() any
	// replaces lists the fields that cannot be changed in place.
	replaces []string
	// updates lists exceptions to replaces.
	updates []string
}

// releaseType is the one type that is not an object of the API server.
const releaseType = tokens.Type("kubernetes:helm.sh/v3:Release")

// kindsByType is the whole of what this stand-in knows. A type that the program starts to use is added here.
var kindsByType = func() map[tokens.Type]kind {
	out := map[tokens.Type]kind{}
	add := func(group, version, name, resource string, k kind) {
		token := group
		if group == "" {
			token = "core"
		}
		k.GroupVersionResource = schema.GroupVersionResource{Group: group, Version: version, Resource: resource}
		out[tokens.Type(fmt.Sprintf("kubernetes:%s/%s:%s", token, version, name))] = k
	}

	add("", "v1", "Namespace", "namespaces", kind{clusterWide: true, typed: func() any { return &corev1.Namespace{} }})
	add("", "v1", "Secret", "secrets", kind{typed: func() any { return &corev1.Secret{} }, replaces: []string{"type"}})
	add("", "v1", "ConfigMap", "configmaps", kind{typed: func() any { return &corev1.ConfigMap{} }})
	add("", "v1", "ServiceAccount", "serviceaccounts", kind{typed: func() any { return &corev1.ServiceAccount{} }})
	add("", "v1", "Service", "services", kind{
		typed: func() any { return &corev1.Service{} }, replaces: []string{"spec.clusterIP"},
	})
	add("", "v1", "Pod", "pods", kind{
		typed: func() any { return &corev1.Pod{} }, replaces: []string{"spec"},
		updates: []string{"spec.activeDeadlineSeconds", "spec.tolerations"},
	})
	add("apps", "v1", "Deployment", "deployments", kind{
		typed: func() any { return &appsv1.Deployment{} }, replaces: []string{"spec.selector"},
	})
	add("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", kind{
		typed: func() any { return &policyv1.PodDisruptionBudget{} },
	})
	add("rbac.authorization.k8s.io", "v1", "Role", "roles", kind{typed: func() any { return &rbacv1.Role{} }})
	add("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", kind{
		typed: func() any { return &rbacv1.RoleBinding{} }, replaces: []string{"roleRef"},
	})
	add("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", kind{
		clusterWide: true, typed: func() any { return &rbacv1.ClusterRole{} },
	})
	add("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", kind{
		clusterWide: true, typed: func() any { return &rbacv1.ClusterRoleBinding{} }, replaces: []string{"roleRef"},
	})
	add("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", kind{
		typed: func() any { return &networkingv1.NetworkPolicy{} },
	})
	add("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", kind{
		typed: func() any { return &autoscalingv2.HorizontalPodAutoscaler{} },
	})

	for _, version := range []string{"v1", "v1alpha3"} {
		for name, resource := range map[string]string{
			"Gateway": "gateways", "VirtualService": "virtualservices", "DestinationRule": "destinationrules",
			"ServiceEntry": "serviceentries", "Sidecar": "sidecars", "WorkloadEntry": "workloadentries",
			"EnvoyFilter": "envoyfilters",
		} {
			add("networking.istio.io", version, name, resource, kind{})
		}
	}
	add("security.istio.io", "v1", "AuthorizationPolicy", "authorizationpolicies", kind{})
	add("security.istio.io", "v1", "PeerAuthentication", "peerauthentications", kind{})
	add("telemetry.istio.io", "v1", "Telemetry", "telemetries", kind{})
	add("monitoring.coreos.com", "v1", "PodMonitor", "podmonitors", kind{})
	add("monitoring.coreos.com", "v1", "PrometheusRule", "prometheusrules", kind{})
	add("monitoring.googleapis.com", "v1", "ClusterPodMonitoring", "clusterpodmonitorings", kind{clusterWide: true})
	add("monitoring.googleapis.com", "v1", "ClusterRules", "clusterrules", kind{clusterWide: true})
	return out
}()

func findKind(token tokens.Type) (kind, error) {
	if k, ok := kindsByType[token]; ok {
		return k, nil
	}
	known := []string{string(releaseType)}
	for t := range kindsByType {
		known = append(known, string(t))
	}
	sort.Strings(known)
	return kind{}, fmt.Errorf("the stand-in for the kubernetes plugin does not know the resource type %s; it knows %s",
		token, strings.Join(known, ", "))
}

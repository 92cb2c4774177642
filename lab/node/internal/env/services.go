package env

import (
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// services returns the variables that name the services of the pod's namespace, unless it wants none, and those
// of the API server.
func (b *Builder) services(pod *corev1.Pod) (Environment, error) {
	result := Environment{}
	add := func(namespace string, wanted func(*corev1.Service) bool) error {
		services, err := b.Objects.Services.Services(namespace).List(labels.Everything())
		if err != nil {
			return err
		}
		for _, service := range services {
			if ip := service.Spec.ClusterIP; ip != "" && ip != corev1.ClusterIPNone && wanted(service) {
				addService(result, service)
			}
		}
		return nil
	}
	if err := add(apiNamespace, func(s *corev1.Service) bool { return s.Name == "kubernetes" }); err != nil {
		return nil, err
	}
	if links := pod.Spec.EnableServiceLinks; links != nil && !*links {
		return result, nil
	}
	return result, add(pod.Namespace, func(*corev1.Service) bool { return true })
}

// apiNamespace is where the API server's own service is.
const apiNamespace = "default"

// addService adds SERVICE_HOST and SERVICE_PORT, and the forms that Docker's links once had.
func addService(into Environment, service *corev1.Service) {
	prefix := strings.ToUpper(strings.ReplaceAll(service.Name, "-", "_"))
	ip := service.Spec.ClusterIP
	into[prefix+"_SERVICE_HOST"] = ip
	for i, port := range service.Spec.Ports {
		number := fmt.Sprint(port.Port)
		protocol := strings.ToLower(string(port.Protocol))
		url := fmt.Sprintf("%s://%s:%s", protocol, ip, number)
		if i == 0 {
			into[prefix+"_SERVICE_PORT"] = number
			into[prefix+"_PORT"] = url
		}
		if port.Name != "" {
			into[prefix+"_SERVICE_PORT_"+strings.ToUpper(strings.ReplaceAll(port.Name, "-", "_"))] = number
		}
		link := fmt.Sprintf("%s_PORT_%s_%s", prefix, number, strings.ToUpper(protocol))
		into[link] = url
		into[link+"_PROTO"] = protocol
		into[link+"_PORT"] = number
		into[link+"_ADDR"] = ip
	}
}

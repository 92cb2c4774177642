package pod

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"

	"lab/node/internal/config"
	"lab/node/internal/container"
)

// identify works out whom a container runs as.
func identify(pod *corev1.Pod, spec *corev1.Container, image *config.Image) (*container.Process, error) {
	common, own := pod.Spec.SecurityContext, spec.SecurityContext
	if common == nil {
		common = &corev1.PodSecurityContext{}
	}
	if own == nil {
		own = &corev1.SecurityContext{}
	}
	user := first(own.RunAsUser, common.RunAsUser)
	group := first(own.RunAsGroup, common.RunAsGroup)
	process := &container.Process{UID: int(image.User)}
	if user != nil {
		process.UID = int(*user)
	} else {
		process.GID = int(image.User)
	}
	if group != nil {
		process.GID = int(*group)
	}
	if isTrue(first(own.RunAsNonRoot, common.RunAsNonRoot)) && process.UID == 0 {
		return nil, fmt.Errorf("container has runAsNonRoot and image will run as root (container: %s)", spec.Name)
	}
	for _, extra := range common.SupplementalGroups {
		process.Groups = append(process.Groups, int(extra))
	}
	if common.FSGroup != nil {
		process.Groups = append(process.Groups, int(*common.FSGroup))
	}
	process.NoNewPrivileges = own.AllowPrivilegeEscalation != nil && !*own.AllowPrivilegeEscalation
	var add, drop []string
	if own.Capabilities != nil {
		add, drop = names(own.Capabilities.Add), names(own.Capabilities.Drop)
	}
	var err error
	process.Capabilities, err = container.Capabilities(add, drop, isTrue(own.Privileged))
	return process, err
}

func names(capabilities []corev1.Capability) (result []string) {
	for _, capability := range capabilities {
		result = append(result, string(capability))
	}
	return result
}

func first[T any](values ...*T) *T {
	for _, value := range values {
		if value != nil {
			return value
		}
	}
	return nil
}

func isTrue(flag *bool) bool { return flag != nil && *flag }

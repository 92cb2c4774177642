package volume

import (
	"context"
	"fmt"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// token is one that the API server issued for the pod.
type token struct {
	value  string
	issued time.Time
	expiry time.Time
}

// renewal is when a token is to be replaced: after four fifths of its life, or a day. As the kubelet does.
func (t *token) renewal() time.Time {
	life := t.expiry.Sub(t.issued)
	return t.issued.Add(min(life*4/5, 24*time.Hour))
}

func (s *Set) token(ctx context.Context, volume string, source *corev1.ServiceAccountTokenProjection) (File, error) {
	key := volume + "/" + source.Path
	current := s.tokens[key]
	if current == nil || !time.Now().Before(current.renewal()) {
		fresh, err := s.request(ctx, source)
		switch {
		case err == nil:
			s.tokens[key], current = fresh, fresh
		case current == nil || time.Now().After(current.expiry):
			return File{}, err
		default:
			// What there is stays valid for a while; the next round tries again.
			s.refreshAt(time.Now().Add(retry))
		}
	}
	s.refreshAt(current.renewal())
	result := file([]byte(current.value), nil, nil)
	if user := soleUser(s.pod); user != nil {
		result.Mode, result.UID = 0o600, int(*user)
	} else if fsGroup(s.pod) != nil {
		result.Mode = 0o600
	}
	return result, checkPath(source.Path)
}

// request has the API server issue a token that is valid as long as the pod exists.
func (s *Set) request(ctx context.Context, source *corev1.ServiceAccountTokenProjection) (*token, error) {
	spec := authenticationv1.TokenRequestSpec{
		ExpirationSeconds: source.ExpirationSeconds,
		BoundObjectRef: &authenticationv1.BoundObjectReference{
			APIVersion: "v1", Kind: "Pod", Name: s.pod.Name, UID: s.pod.UID,
		},
	}
	if source.Audience != "" {
		spec.Audiences = []string{source.Audience}
	}
	account := s.pod.Spec.ServiceAccountName
	if account == "" {
		account = "default"
	}
	issued := time.Now()
	response, err := s.Objects.Client.CoreV1().ServiceAccounts(s.pod.Namespace).CreateToken(
		ctx, account, &authenticationv1.TokenRequest{Spec: spec}, metav1.CreateOptions{})
	if err != nil {
		return nil, fmt.Errorf("failed to fetch token: %w", err)
	}
	return &token{response.Status.Token, issued, response.Status.ExpirationTimestamp.Time}, nil
}

package probe

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

type outcome struct {
	failures int
	reports  []bool
	at       []time.Duration
}

// watch runs a probe that is healthy when healthy says so, in a bubble of virtual time.
func watch(t *testing.T, probe corev1.Probe, eager bool, length time.Duration, healthy func(time.Duration) bool) (o outcome) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), length)
		defer cancel()
		w := &Watch{Probe: &probe, Eager: eager,
			Check: func(context.Context) error {
				if healthy(time.Since(start)) {
					return nil
				}
				return errors.New("no")
			},
			Failed: func(error) { o.failures++ },
			Report: func(ok bool) { o.reports, o.at = append(o.reports, ok), append(o.at, time.Since(start)) },
		}
		w.Run(ctx)
	})
	return o
}

func TestEagerSeesReadinessAtOnce(t *testing.T) {
	probe := corev1.Probe{PeriodSeconds: 15, FailureThreshold: 4}
	o := watch(t, probe, true, time.Minute, func(at time.Duration) bool { return at > 1230*time.Millisecond })
	if len(o.reports) != 1 || !o.reports[0] || o.at[0] > 1400*time.Millisecond {
		t.Errorf("%+v", o)
	}
}

func TestEagerFailuresCountOncePerPeriod(t *testing.T) {
	probe := corev1.Probe{PeriodSeconds: 2, FailureThreshold: 5}
	o := watch(t, probe, true, 11*time.Second, func(time.Duration) bool { return false })
	if o.failures != 5 || len(o.reports) != 1 || o.reports[0] || o.at[0] < 10*time.Second {
		t.Errorf("%+v", o)
	}
}

func TestThresholds(t *testing.T) {
	probe := corev1.Probe{PeriodSeconds: 10, FailureThreshold: 3, SuccessThreshold: 2, InitialDelaySeconds: 5}
	// Asked at 5, 15, 25, 35 …: sick from 20 to 60.
	o := watch(t, probe, false, 2*time.Minute, func(at time.Duration) bool {
		return at < 20*time.Second || at > 60*time.Second
	})
	want := []time.Duration{15 * time.Second, 45 * time.Second, 75 * time.Second}
	if len(o.at) != 3 || o.at[0] != want[0] || o.at[1] != want[1] || o.at[2] != want[2] || o.reports[1] {
		t.Errorf("%+v", o)
	}
}

func TestHTTP(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host != "asked.test" || r.Header.Get("X-Probe") != "1" || r.URL.String() != "/ready?x=1" {
			http.Error(w, "not as asked", http.StatusTeapot)
			return
		}
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	}))
	defer server.Close()
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	number, _ := strconv.Atoi(port)
	target := &Target{PodIP: "127.0.0.1", Container: &corev1.Container{
		Ports: []corev1.ContainerPort{{Name: "web", ContainerPort: int32(number)}}}}
	action := &corev1.HTTPGetAction{Scheme: "HTTPS", Path: "ready?x=1", Port: intstr.FromString("web"),
		HTTPHeaders: []corev1.HTTPHeader{{Name: "Host", Value: "asked.test"}, {Name: "X-Probe", Value: "1"}}}
	if err := target.Check(t.Context(), &corev1.ProbeHandler{HTTPGet: action}); err != nil {
		t.Error(err)
	}
	action.HTTPHeaders = nil
	if err := target.HTTP(t.Context(), action); err == nil || !strings.Contains(err.Error(), "statuscode: 418: not as asked") {
		t.Errorf("error %v", err)
	}
	action.Port = intstr.FromString("none")
	if err := target.HTTP(t.Context(), action); err == nil || !strings.Contains(err.Error(), `no port named "none"`) {
		t.Errorf("error %v", err)
	}
}

func TestTCPAndExec(t *testing.T) {
	listener, _ := net.Listen("tcp", "127.0.0.1:0")
	port := intstr.FromInt(listener.Addr().(*net.TCPAddr).Port)
	target := &Target{PodIP: "127.0.0.1", Exec: func(_ context.Context, command []string) (int, string, error) {
		return len(command) - 1, "said\n", nil
	}}
	socket := &corev1.ProbeHandler{TCPSocket: &corev1.TCPSocketAction{Port: port}}
	if err := target.Check(t.Context(), socket); err != nil {
		t.Error(err)
	}
	listener.Close()
	if err := target.Check(t.Context(), socket); err == nil {
		t.Error("a closed port is healthy")
	}
	if err := target.Check(t.Context(), &corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: []string{"a"}}}); err != nil {
		t.Error(err)
	}
	err := target.Check(t.Context(), &corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: []string{"a", "b"}}})
	if err == nil || err.Error() != "exit code 1: said" {
		t.Errorf("error %v", err)
	}
}

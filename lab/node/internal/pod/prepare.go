package pod

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	corev1 "k8s.io/api/core/v1"

	"lab/node/internal/sandbox"
)

// prepare makes volumes, network and files. It returns false if that is to be tried again.
func (w *worker) prepare() bool {
	for _, dir := range []string{"files", "shm", "volumes", "containers"} {
		if err := os.MkdirAll(filepath.Join(w.podDir(w.pod.UID), dir), 0o755); err != nil {
			return w.notYet("FailedCreatePodSandBox", err)
		}
	}
	if err := os.Chmod(w.file("shm"), 0o777|os.ModeSticky); err != nil {
		return w.notYet("FailedCreatePodSandBox", err)
	}
	var err error
	if w.refresh, err = w.volumes.Sync(w.ctx, w.pod); err != nil {
		return w.notYet("FailedMount", err)
	}
	w.stale = false
	if w.network, err = w.Network.Create(w.name, string(w.pod.UID)); err != nil {
		w.network = nil
		return w.notYet("FailedCreatePodSandBox", fmt.Errorf("Failed to create pod sandbox: %w", err))
	}
	address := w.network.Address.String()
	w.pod.Status.PodIP, w.pod.Status.PodIPs = address, []corev1.PodIP{{IP: address}}
	if err = w.setSysctls(); err == nil {
		err = sandbox.WriteFiles(w.file("files"), w.pod, address, w.DNS)
	}
	if err != nil {
		err = fmt.Errorf("Failed to create pod sandbox: %w", err)
		_ = w.Network.Remove(w.network)
		w.network = nil
		return w.notYet("FailedCreatePodSandBox", err)
	}
	path := w.network.Path()
	w.networkPath.Store(&path)
	w.prepared = true
	return true
}

func (w *worker) notYet(reason string, err error) bool {
	w.eventOnce(reason, err.Error())
	w.at(time.Now().Add(again))
	return false
}

func (w *worker) setSysctls() error {
	if w.pod.Spec.SecurityContext == nil {
		return nil
	}
	return sandbox.Do(w.network.Path(), func() error {
		for _, sysctl := range w.pod.Spec.SecurityContext.Sysctls {
			if err := os.WriteFile(sysctlPath(sysctl.Name), []byte(sysctl.Value), 0); err != nil {
				return err
			}
		}
		return nil
	})
}

// refreshVolumes brings the volumes up to date when something they show may have changed.
func (w *worker) refreshVolumes() {
	if !w.stale && (w.refresh.IsZero() || time.Now().Before(w.refresh)) {
		if !w.refresh.IsZero() {
			w.at(w.refresh)
		}
		return
	}
	w.stale = false
	refresh, err := w.volumes.Sync(w.ctx, w.pod)
	if err != nil {
		// As with the kubelet, what is mounted stays when its source goes.
		w.eventOnce("FailedMount", err.Error())
		refresh = time.Now().Add(again)
	}
	w.refresh = refresh
	if !refresh.IsZero() {
		w.at(refresh)
	}
}

// file of the pod on the host.
func (w *worker) file(name string) string { return filepath.Join(w.podDir(w.pod.UID), name) }

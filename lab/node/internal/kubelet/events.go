package kubelet

import (
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/tools/record"
)

// quiet drops the events by which virtual-kubelet tells of calls to its provider; what happens to a pod is told
// by its worker, in the kubelet's words.
type quiet struct {
	record.EventRecorder
}

// Event implements [record.EventRecorder].
func (q quiet) Event(object runtime.Object, kind, reason, message string) {
	if !strings.HasPrefix(reason, "Provider") {
		q.EventRecorder.Event(object, kind, reason, message)
	}
}

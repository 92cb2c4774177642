package kubernetes

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/dynamic"
)

// interval is how often the API server is asked.
const interval = 250 * time.Millisecond

// patience is how long an object may take where the program does not say.
const patience = 10 * time.Minute

// condition tells from an object's live state what it still waits for: nothing if it is ready. A reason that will not go
// away by waiting is an error.
type condition func(ctx context.Context, live map[string]any) (waitingFor string, err error)

// patienceFor is customTimeouts, the annotation, or the default.
func patienceFor(seconds float64, obj map[string]any) time.Duration {
	if seconds > 0 {
		return time.Duration(seconds * float64(time.Second))
	}
	if n, err := strconv.Atoi(annotation(obj, timeout)); err == nil {
		return time.Duration(n) * time.Second
	}
	return patience
}

// notReady is what an object waited for when the wait ended.
type notReady struct {
	why     string
	reasons []string
}

func (e *notReady) Error() string {
	return strings.Join(append([]string{e.why}, e.reasons...), "\n  * ")
}

// awaitReady polls until the condition holds and returns the live object, the last one seen when it does not.
func awaitReady(
	ctx context.Context, client dynamic.ResourceInterface, name string, live map[string]any, ready condition,
	within time.Duration, status func(string), diagnose func(context.Context) []string,
) (map[string]any, error) {
	deadline := time.Now().Add(within)
	shown := ""
	for {
		waitingFor, err := ready(ctx, live)
		switch {
		case err != nil:
			return live, &notReady{err.Error(), diagnose(ctx)}
		case waitingFor == "":
			if shown != "" {
				status("")
			}
			return live, nil
		case time.Now().After(deadline):
			return live, &notReady{fmt.Sprintf("timed out after %s: %s", within, waitingFor), diagnose(ctx)}
		case waitingFor != shown:
			status(waitingFor)
			shown = waitingFor
		}
		select {
		case <-ctx.Done():
			return live, &notReady{"the operation was cancelled: " + waitingFor, nil}
		case <-time.After(interval):
		}
		next, err := client.Get(ctx, name, metav1.GetOptions{})
		switch {
		case apierrors.IsNotFound(err):
			return live, &notReady{"the object was deleted while it was waited for", nil}
		case errors.Is(err, context.Canceled):
			return live, &notReady{"the operation was cancelled: " + waitingFor, nil}
		case err == nil:
			live = next.Object
		}
	}
}

// awaitGone polls until the object is no more.
func awaitGone(
	ctx context.Context, client dynamic.ResourceInterface, name, uid string, within time.Duration, status func(string),
) (map[string]any, error) {
	deadline := time.Now().Add(within)
	var last map[string]any
	shown := ""
	for {
		live, err := client.Get(ctx, name, metav1.GetOptions{})
		switch {
		case apierrors.IsNotFound(err):
			return nil, nil
		case err == nil && string(live.GetUID()) != uid && uid != "":
			return nil, nil // Another object of that name has been created since.
		case err == nil:
			last = live.Object
		case ctx.Err() == nil:
			return last, err
		}
		waitingFor := goneAfter(last)
		if time.Now().After(deadline) {
			return last, &notReady{fmt.Sprintf("timed out after %s waiting for the deletion: %s", within, waitingFor), nil}
		}
		if waitingFor != shown {
			status(waitingFor)
			shown = waitingFor
		}
		select {
		case <-ctx.Done():
			return last, &notReady{"the operation was cancelled while it waited for the deletion: " + waitingFor, nil}
		case <-time.After(interval):
		}
	}
}

// goneAfter names what keeps an object from going.
func goneAfter(live map[string]any) string {
	if live == nil {
		return "waiting for the deletion"
	}
	var reasons []string
	if conditions, ok := at(live, "status", "conditions").([]any); ok {
		for _, c := range conditions {
			if m, ok := c.(map[string]any); ok && m["status"] == "True" && textAt(m, "message") != "" {
				reasons = append(reasons, textAt(m, "message"))
			}
		}
	}
	finalizers := []string{}
	for _, path := range [][]string{{"metadata", "finalizers"}, {"spec", "finalizers"}} {
		if list, ok := at(live, path...).([]any); ok {
			for _, f := range list {
				finalizers = append(finalizers, fmt.Sprint(f))
			}
		}
	}
	if len(reasons) == 0 && len(finalizers) > 0 {
		reasons = append(reasons, "finalizers: "+strings.Join(finalizers, ", "))
	}
	if len(reasons) == 0 {
		return "waiting for the deletion"
	}
	return "waiting for the deletion (" + strings.Join(reasons, "; ") + ")"
}

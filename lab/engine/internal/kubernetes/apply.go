package kubernetes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/util/csaupgrade"
)

// creator owns the fields of an object from its creation to its first update, when the resource's own manager takes them
// over: creation is a POST, so that an object which exists already is an error and not silently taken.
const creator = "pulumi-kubernetes"

// adopted are the owners whose fields an update takes over.
var adopted = sets.New(creator, "pulumi-resource-kubernetes", "kubectl", "kubectl-client-side-apply", "before-first-apply")

func dryRun(preview bool) []string {
	if preview {
		return []string{metav1.DryRunAll}
	}
	return nil
}

// create posts the object. A namespace or a kind that is not there may be about to come, so it is waited for.
func create(
	ctx context.Context, client dynamic.ResourceInterface, obj map[string]any, preview bool, status func(string),
) (map[string]any, error) {
	options := metav1.CreateOptions{
		FieldManager: creator, DryRun: dryRun(preview), FieldValidation: metav1.FieldValidationStrict,
	}
	pause := 500 * time.Millisecond
	for attempt := 0; ; attempt++ {
		live, err := client.Create(ctx, &unstructured.Unstructured{Object: obj}, options)
		if err == nil {
			return live.Object, nil
		}
		if preview || !apierrors.IsNotFound(err) || attempt == 5 {
			return nil, err
		}
		status(fmt.Sprintf("Retry #%d; creation failed: %v", attempt, err))
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
		pause *= 2
	}
}

// apply changes the object by Server-Side Apply.
func apply(
	ctx context.Context, client dynamic.ResourceInterface, live *unstructured.Unstructured, obj map[string]any,
	manager string, force, preview bool,
) (map[string]any, error) {
	if preview {
		// The take-over is no dry run's, so the conflicts that it prevents are overruled instead.
		force = force || ownedByAdopted(live)
	} else if err := takeOver(ctx, client, live, manager); err != nil {
		return nil, err
	}
	body, err := json.Marshal(obj)
	if err != nil {
		return nil, err
	}
	changed, err := client.Patch(ctx, live.GetName(), types.ApplyPatchType, body, metav1.PatchOptions{
		FieldManager: manager, Force: &force, DryRun: dryRun(preview), FieldValidation: metav1.FieldValidationStrict,
	})
	if apierrors.IsConflict(err) {
		return nil, errors.Join(
			errors.New("server-side apply field conflict detected: another manager owns a field that this resource sets; "+
				"leave the field out, or set the annotation pulumi.com/patchForce"),
			fmt.Errorf("the resource managed by field manager %q had an apply conflict: %w", manager, err))
	}
	if err != nil {
		return nil, err
	}
	return changed.Object, nil
}

func ownedByAdopted(live *unstructured.Unstructured) bool {
	for _, entry := range live.GetManagedFields() {
		if entry.Operation == metav1.ManagedFieldsOperationUpdate && adopted.Has(entry.Manager) {
			return true
		}
	}
	return false
}

// takeOver makes the manager the owner of what was created in its name, so that a field which the program drops is dropped.
func takeOver(
	ctx context.Context, client dynamic.ResourceInterface, live *unstructured.Unstructured, manager string,
) error {
	patch, err := csaupgrade.UpgradeManagedFieldsPatch(live, adopted, manager)
	if err != nil || len(patch) == 0 {
		return err
	}
	_, err = client.Patch(ctx, live.GetName(), types.JSONPatchType, patch, metav1.PatchOptions{})
	return err
}

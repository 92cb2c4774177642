import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/**
 * A namespace that is created unless it exists, and never deleted: Kubernetes deletes a namespace with all that is in it,
 * no matter who made it. Pulumi deletes the program's objects in it one by one.
 */
export function keptNamespace(
  name: string,
  metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> },
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Namespace {
  return new k8s.core.v1.Namespace(name, { metadata }, { ...opts, retainOnDelete: true });
}

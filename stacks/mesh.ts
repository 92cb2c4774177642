import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Config } from "../config";

/**
 * The way into the stack's cluster. From here on everything is the same, wherever the cluster comes from.
 */
export function meshProvider(name: string, { cluster }: Config): k8s.Provider {
  if (cluster.from === "gke") throw new pulumi.RunError("cluster gke: not wired yet");
  return new k8s.Provider(name, {
    kubeconfig: pulumi.secret(cluster.kubeconfig),
    ...(cluster.context !== undefined && { context: cluster.context }),
    ...ROTATES_IN_PLACE,
  });
}

/**
 * By default the provider replaces a Secret or ConfigMap whose data changes, deleting it first: for a gateway's
 * credential that is an outage at each renewal.
 */
const ROTATES_IN_PLACE = { enableSecretMutable: true, enableConfigMapMutable: true };

/** The namespace of the application, whose pods get sidecars. */
export function applicationNamespace(
  name: string,
  namespace: string,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Namespace {
  return new k8s.core.v1.Namespace(
    name,
    { metadata: { name: namespace, labels: { "istio-injection": "enabled" } } },
    opts,
  );
}

/** The namespace of a gateway, whose pods are gateways by their own template and need no sidecar. */
export function gatewayNamespace(
  name: string,
  namespace: string,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Namespace {
  return new k8s.core.v1.Namespace(name, { metadata: { name: namespace } }, opts);
}

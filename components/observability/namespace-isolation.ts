import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Inputs of {@link namespaceIsolation}. */
export interface NamespaceIsolationArgs {
  /** Namespace to isolate. */
  readonly namespace: pulumi.Input<string>;
}

/**
 * Admits connections to the namespace's pods only from pods of the same namespace, because Prometheus and Alertmanager do
 * not authenticate their callers. `kubectl port-forward` still works: its connections come from the node, which network
 * policies always admit.
 *
 * @see https://prometheus.io/docs/operating/security/
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function namespaceIsolation(
  name: string,
  args: NamespaceIsolationArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy {
  return new k8s.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { name: "own-pods-only", namespace: args.namespace },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: {} }] }],
      },
    },
    opts,
  );
}

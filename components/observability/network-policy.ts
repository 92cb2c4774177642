import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Keeps other namespaces away from Prometheus and Alertmanager, which ask nobody who they are. `kubectl port-forward`
 * comes from the node, which policies let pass.
 *
 * @see https://prometheus.io/docs/operating/security/
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function closedToOthers(
  name: string,
  namespace: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy {
  return new k8s.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { name: "own-pods-only", namespace },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: {} }] }],
      },
    },
    opts,
  );
}

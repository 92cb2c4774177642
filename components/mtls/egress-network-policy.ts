import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { GatewayRef } from "../istio/istio-gateway";

/** Resolvers that GKE puts at addresses outside the pods' ranges: NodeLocal DNSCache and the metadata server. */
const NODE_RESOLVERS = ["169.254.20.10/32", "169.254.169.254/32"];

/**
 * Keeps the application's pods, with a sidecar or without, inside their cluster: only the egress gateway may leave it.
 * A sidecar alone stops nobody who owns the pod. Needs a network that enforces policies, such as Dataplane V2.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/#apply-kubernetes-network-policies
 */
export function egressNetworkPolicy(
  name: string,
  args: { readonly namespace: pulumi.Input<string>; readonly gateway: GatewayRef },
  opts: pulumi.CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy {
  const dns = [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ];
  return new k8s.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { name: "egress-by-gateway-only", namespace: args.namespace },
      spec: {
        podSelector: {
          matchExpressions: Object.entries(args.gateway.labels).map(([key, value]) => ({
            key,
            operator: "NotIn",
            values: [value],
          })),
        },
        policyTypes: ["Egress"],
        egress: [
          { to: [{ namespaceSelector: {} }] },
          { to: NODE_RESOLVERS.map((cidr) => ({ ipBlock: { cidr } })), ports: dns },
        ],
      },
    },
    opts,
  );
}

import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { GatewayRef } from "../istio/gateway-ref";

/** GKE's DNS resolvers outside the pods' ranges: NodeLocal DNSCache and the metadata server. */
const NODE_RESOLVERS = ["169.254.20.10/32", "169.254.169.254/32"];

/** Inputs of {@link egressNetworkPolicy}. */
export interface EgressNetworkPolicyArgs {
  /** Namespace of the application. */
  readonly namespace: pulumi.Input<string>;
  /** The egress gateway. In the application's namespace, it is the only pod that may leave the cluster. */
  readonly gateway: GatewayRef;
}

/**
 * A NetworkPolicy that keeps the connections of the application's pods inside the cluster, with or without a sidecar.
 * A sidecar is not enough, because anyone who controls the pod can avoid it. The cluster's network must enforce
 * policies, as Dataplane V2 does. A namespace can have one.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/#apply-kubernetes-network-policies
 */
export function egressNetworkPolicy(
  name: string,
  args: EgressNetworkPolicyArgs,
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

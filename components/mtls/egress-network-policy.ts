import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { cidr, nonEmptyList, port } from "../../validation/fields";
import { got } from "../../validation/show";
import type { GatewayRef } from "../istio/gateway-ref";

/** GKE's DNS resolvers outside the pods' ranges: NodeLocal DNSCache and the metadata server. */
const NODE_RESOLVERS = ["169.254.20.10/32", "169.254.169.254/32"];

/** A destination outside the cluster that pods may reach without the egress gateway. */
export const allowedDestination = z.strictObject({
  /** Its addresses (IPv4 CIDR). They must not contain the server's address. */
  cidr: cidr.refine((value) => !value.endsWith("/0"), {
    error: ({ input }) =>
      `must not be every address ${got(input)}: name the addresses, or set networkPolicy to false`,
  }),
  /** Ports, of TCP and UDP. */
  ports: nonEmptyList(port, "name the ports, such as 443"),
});

/** A destination outside the cluster that pods may reach without the egress gateway. */
export type AllowedDestination = Readonly<z.output<typeof allowedDestination>>;

/** Inputs of {@link egressNetworkPolicy}. */
export interface EgressNetworkPolicyArgs {
  /** Namespace of the application. */
  readonly namespace: pulumi.Input<string>;
  /** The egress gateway. In the application's namespace, it is the only pod that may leave the cluster. */
  readonly gateway: GatewayRef;
  /** Destinations outside the cluster that the application's pods may reach. */
  readonly allows: readonly AllowedDestination[];
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
          { to: NODE_RESOLVERS.map((cidr) => ({ ipBlock: { cidr } })), ports: bothProtocols(53) },
          ...args.allows.map(({ cidr, ports }) => ({
            to: [{ ipBlock: { cidr } }],
            ports: ports.flatMap(bothProtocols),
          })),
        ],
      },
    },
    opts,
  );
}

function bothProtocols(port: number) {
  return ["UDP", "TCP"].map((protocol) => ({ port, protocol }));
}

import type * as pulumi from "@pulumi/pulumi";

/** What a cluster needs to know about its network. */
export interface ClusterNetwork extends pulumi.Resource {
  /** The VPC network (ID). */
  readonly networkId: pulumi.Output<string>;
  /** The subnet of the nodes (ID). */
  readonly subnetId: pulumi.Output<string>;
  /** Range of the control plane (IPv4 CIDR). Absent with Private Service Connect. */
  readonly controlPlaneRange?: string | undefined;
  /** Network tag of the nodes. Firewall rules select nodes by it. */
  readonly nodeTag: string;
  /**
   * Names of the subnet's secondary ranges.
   *
   * @default `pods` and `services`
   */
  readonly secondaryRanges?: { readonly pods: string; readonly services: string };
}

/** A cluster's network with the addresses that the other mesh knows. */
export interface ReachableNetwork extends ClusterNetwork {
  /** Static address that the cluster's connections to the internet come from (IPv4). Absent in an existing network. */
  readonly natAddress?: pulumi.Output<string>;
  /** Static address for the ingress gateway (IPv4), if one is reserved. */
  readonly reservedIngressAddress: pulumi.Output<string> | undefined;
}

/** Default names of the subnet's secondary ranges. */
export const SECONDARY_RANGES = { pods: "pods", services: "services" } as const;

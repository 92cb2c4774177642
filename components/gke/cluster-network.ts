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
}

/** Names of the subnet's secondary ranges. */
export const SECONDARY_RANGES = { pods: "pods", services: "services" } as const;

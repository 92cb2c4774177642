import { parseCidr } from "../../validation/cidr";
import { cidr, string } from "../../validation/fields";
import type { Resolved } from "../../validation/rows";

const cidrOf16Addresses = string(
  (value) => parseCidr(value)?.prefix === 28,
  "a CIDR range with the prefix /28",
  "use its first address, such as 172.16.0.0/28",
);

/** The ranges of the network (IPv4 CIDR). They must not overlap. */
export const networkSettings = {
  /**
   * Range of the nodes: one address per node, and four that Google reserves.
   *
   * @default "10.0.0.0/22" (1,020 nodes)
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing
   */
  nodesRange: cidr.default("10.0.0.0/22"),
  /**
   * Range of the pods: a /24 per node.
   *
   * @default "10.64.0.0/16" (256 nodes)
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing
   */
  podsRange: cidr.default("10.64.0.0/16"),
  /**
   * Range of the Services.
   *
   * @default "10.128.0.0/20" (4,096 Services)
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing
   */
  servicesRange: cidr.default("10.128.0.0/20"),
  /**
   * Range of the control plane, a /28. The firewall lets all of it call Istio's webhooks. Only for a cluster from before
   * 2024 that GKE connects to its control plane by VPC peering. Newer ones use Private Service Connect, and need neither.
   *
   * @default none
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/legacy/network-isolation
   */
  controlPlaneRange: cidrOf16Addresses.optional(),
};

/** The ranges, with the defaults filled in. */
export type NetworkRanges = Resolved<typeof networkSettings>;

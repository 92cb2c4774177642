import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { type ApiSettings, enableApis } from "./apis";
import { flowLogs, type FlowLogSettings } from "./flow-logs";
import { cloudNat } from "./nat";
import { webhookFirewall } from "./webhook-firewall";

/** Where the network is, and its ranges, none of which may overlap another. */
export interface NetworkSettings extends ApiSettings, FlowLogSettings {
  /** Project (id) that everything is created in. */
  readonly project: string;
  /** Region (name, such as `europe-west1`). */
  readonly region: string;
  /**
   * Range of the nodes (IPv4 CIDR): one address per node, four are Google's.
   *
   * @default "10.0.0.0/22" (1,020 nodes)
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing
   */
  readonly nodesRange?: string;
  /**
   * Range of the pods (IPv4 CIDR): a /24 per node.
   *
   * @default "10.64.0.0/16" (256 nodes)
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing
   */
  readonly podsRange?: string;
  /**
   * Range of the Services (IPv4 CIDR).
   *
   * @default "10.128.0.0/20" (4,096 Services)
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing
   */
  readonly servicesRange?: string;
  /**
   * Range of the control plane (IPv4 CIDR, a /28). The firewall lets all of it reach Istio's webhooks.
   *
   * @default "172.16.0.0/28"
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/legacy/network-isolation
   */
  readonly controlPlaneRange?: string;
}

/** Inputs of {@link Network}. */
export interface NetworkArgs extends NetworkSettings {
  /**
   * Whether to reserve a static address for an ingress gateway. A boolean that changes the graph.
   *
   * @default false
   */
  readonly reserveIngressAddress?: boolean;
}

/** What a cluster needs to know of its network. */
export interface ClusterNetwork extends pulumi.Resource {
  /** The VPC network (id). */
  readonly networkId: pulumi.Output<string>;
  /** The subnet of the nodes (id). */
  readonly subnetId: pulumi.Output<string>;
  /** Range of the control plane (IPv4 CIDR). */
  readonly controlPlaneRange: string;
  /** Network tag of the nodes, by which the firewall knows them. */
  readonly nodeTag: string;
}

/** Ranges where the settings name none. */
export const DEFAULT_RANGES = {
  nodesRange: "10.0.0.0/22",
  podsRange: "10.64.0.0/16",
  servicesRange: "10.128.0.0/20",
  controlPlaneRange: "172.16.0.0/28",
} as const;

/** Names of the subnet's secondary ranges. */
export const SECONDARY_RANGES = { pods: "pods", services: "services" } as const;

/**
 * A network for one cluster: its own VPC with one subnet, nodes without public addresses, one static address through
 * which they leave, and a firewall that is shut but for the control plane's calls of Istio's webhooks.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/best-practices/networking
 */
export class Network extends pulumi.ComponentResource implements ClusterNetwork {
  public readonly networkId: pulumi.Output<string>;
  public readonly subnetId: pulumi.Output<string>;
  public readonly controlPlaneRange: string;
  public readonly nodeTag: string;
  /** Static address from which all connections of the cluster to the internet come (IPv4). */
  public readonly natAddress: pulumi.Output<string>;
  /** Static address reserved for the ingress gateway (IPv4), where one was asked for. */
  public readonly ingressAddress: pulumi.Output<string> | undefined;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:Network", name, {}, opts);
    const { project, region } = args;
    const apis = (args.enableApis ?? true) ? enableApis(this, name, project, ["compute"]) : [];

    const vpc = new gcp.compute.Network(
      `${name}-vpc`,
      { project, autoCreateSubnetworks: false, routingMode: "REGIONAL" },
      { parent: this, dependsOn: apis },
    );
    const subnet = new gcp.compute.Subnetwork(
      `${name}-subnet`,
      {
        project,
        region,
        network: vpc.id,
        ipCidrRange: args.nodesRange ?? DEFAULT_RANGES.nodesRange,
        secondaryIpRanges: [
          {
            rangeName: SECONDARY_RANGES.pods,
            ipCidrRange: args.podsRange ?? DEFAULT_RANGES.podsRange,
          },
          {
            rangeName: SECONDARY_RANGES.services,
            ipCidrRange: args.servicesRange ?? DEFAULT_RANGES.servicesRange,
          },
        ],
        // Nodes without public addresses reach Google's APIs and registries without the NAT.
        privateIpGoogleAccess: true,
        ...flowLogs(args),
      },
      { parent: this },
    );
    this.networkId = vpc.id;
    this.subnetId = subnet.id;
    this.controlPlaneRange = args.controlPlaneRange ?? DEFAULT_RANGES.controlPlaneRange;
    this.nodeTag = `${name}-nodes`;

    webhookFirewall(this, `${name}-webhooks`, {
      project,
      networkId: vpc.id,
      controlPlaneRange: this.controlPlaneRange,
      nodeTag: this.nodeTag,
    });
    this.natAddress = cloudNat(this, `${name}-nat`, {
      project,
      region,
      networkId: vpc.id,
      subnetId: subnet.id,
    });
    this.ingressAddress = args.reserveIngressAddress
      ? new gcp.compute.Address(
          `${name}-ingress-address`,
          { project, region, addressType: "EXTERNAL", networkTier: "PREMIUM" },
          { parent: this, dependsOn: apis },
        ).address
      : undefined;
    this.registerOutputs();
  }
}

import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { checkArgs } from "../../validation/args";
import { flag } from "../../validation/fields";
import { DESPITE_WRONG_KEYS, relations } from "../../validation/relations";
import { Component } from "../component";
import { enableApis } from "./apis";
import { type ReachableNetwork, SECONDARY_RANGES } from "./cluster-network";
import { flowLogs, flowLogSettings } from "./flow-logs";
import { cloudNat } from "./nat";
import { networkSettings } from "./network-settings";
import { projectSettings } from "./project";
import { checkOverlap, RANGE_PAIRS } from "./range-checks";
import { namePrefix } from "./resource-names";
import { ingressAddress } from "./static-address";
import { webhookFirewall } from "./webhook-firewall";

/** The settings of a cluster's network, by row. */
export const networkRows = z.object({ ...projectSettings, ...networkSettings, ...flowLogSettings });

/** The settings of a cluster's network. */
export type NetworkSettings = Readonly<z.input<typeof networkRows>>;

/** Inputs of {@link Network}. It ignores other settings, so it accepts all settings of a cluster. */
export interface NetworkArgs extends NetworkSettings {
  /**
   * Whether to reserve a static address for an ingress gateway.
   *
   * @default false
   */
  readonly reserveIngressAddress?: boolean;
}

const networkArgs = networkRows
  .extend({
    name: namePrefix("-ingress-address", 63),
    reserveIngressAddress: flag.default(false),
  })
  .superRefine((settings, context) => {
    const between = relations(settings, context);
    for (const [one, other] of RANGE_PAIRS) between([one, other], checkOverlap(one, other));
  }, DESPITE_WRONG_KEYS);

/**
 * A network for one cluster: a VPC with one subnet, nodes without public addresses, and one static address for
 * connections to the internet. No firewall rule of its own lets anyone in, except for a `controlPlaneRange`.
 *
 * @throws ArgsError when an argument is invalid
 * @see https://cloud.google.com/kubernetes-engine/docs/best-practices/networking
 * @example
 * const network = new Network("shop", { project: "my-project", region: "europe-west1" });
 * const cluster = new GkeCluster("shop", { project: "my-project", region: "europe-west1", network });
 */
export class Network extends Component implements ReachableNetwork {
  public readonly networkId: pulumi.Output<string>;
  public readonly subnetId: pulumi.Output<string>;
  public readonly controlPlaneRange: string | undefined;
  public readonly nodeTag: string;
  /** Static address that the cluster's connections to the internet come from (IPv4). */
  public readonly natAddress: pulumi.Output<string>;
  /** Static address for the ingress gateway (IPv4). Present if `reserveIngressAddress` is true. */
  public readonly reservedIngressAddress: pulumi.Output<string> | undefined;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const settings = checkArgs("Network", name, networkArgs, { ...args, name });
    super("Network", name, opts);
    const { project, region, controlPlaneRange } = settings;
    const parent = { parent: this };

    const apis = settings.enableApis
      ? enableApis(name, { project, apis: ["compute"] }, parent)
      : [];
    const vpc = new gcp.compute.Network(
      `${name}-vpc`,
      { project, autoCreateSubnetworks: false, routingMode: "REGIONAL" },
      { ...parent, dependsOn: apis },
    );
    const subnet = new gcp.compute.Subnetwork(
      `${name}-subnet`,
      {
        project,
        region,
        network: vpc.id,
        ipCidrRange: settings.nodesRange,
        secondaryIpRanges: [
          { rangeName: SECONDARY_RANGES.pods, ipCidrRange: settings.podsRange },
          { rangeName: SECONDARY_RANGES.services, ipCidrRange: settings.servicesRange },
        ],
        // Nodes reach Google's APIs and registries without the NAT gateway.
        privateIpGoogleAccess: true,
        ...flowLogs(settings),
      },
      parent,
    );
    this.networkId = vpc.id;
    this.subnetId = subnet.id;
    this.controlPlaneRange = controlPlaneRange;
    this.nodeTag = `${name}-nodes`;

    if (controlPlaneRange !== undefined) {
      webhookFirewall(
        `${name}-webhooks`,
        { project, networkId: vpc.id, controlPlaneRange, nodeTag: this.nodeTag },
        parent,
      );
    }
    this.natAddress = cloudNat(
      `${name}-nat`,
      { project, region, networkId: vpc.id, subnetId: subnet.id },
      parent,
    );
    this.reservedIngressAddress = ingressAddress(name, settings, { ...parent, dependsOn: apis });
  }
}

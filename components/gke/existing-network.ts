import * as pulumi from "@pulumi/pulumi";

import { checkArgs } from "../../validation/args";
import { flag } from "../../validation/fields";
import { Component } from "../component";
import { enableApis } from "./apis";
import type { ReachableNetwork } from "./cluster-network";
import { existingNetwork, type ExistingNetworkSettings } from "./existing-network-settings";
import { projectRows, type ProjectSettings } from "./project";
import { namePrefix } from "./resource-names";
import { ingressAddress } from "./static-address";

/** Inputs of {@link ExistingNetwork}. It ignores other settings, so it accepts all settings of a cluster. */
export interface ExistingNetworkArgs extends ProjectSettings {
  /** The network. */
  readonly existingNetwork: ExistingNetworkSettings;
  /**
   * Whether to reserve a static address for an ingress gateway, in the cluster's project.
   *
   * @default false
   */
  readonly reserveIngressAddress?: boolean;
}

const existingNetworkArgs = projectRows.extend({
  name: namePrefix("-ingress-address", 63),
  existingNetwork,
  reserveIngressAddress: flag.default(false),
});

/**
 * A network that exists, for one cluster: its subnet has the secondary ranges, and its nodes reach the internet, by Cloud
 * NAT or another way. The component only names it, and changes nothing in it.
 *
 * @throws ArgsError when an argument is invalid
 * @example
 * const settings = { project: "my-project", region: "europe-west1" };
 * const network = new ExistingNetwork("shop", {
 *   ...settings,
 *   existingNetwork: {
 *     network: "shared",
 *     subnet: "shop",
 *     podsRangeName: "shop-pods",
 *     servicesRangeName: "shop-services",
 *   },
 * });
 * new GkeCluster("shop", { ...settings, network });
 */
export class ExistingNetwork extends Component implements ReachableNetwork {
  public readonly networkId: pulumi.Output<string>;
  public readonly subnetId: pulumi.Output<string>;
  public readonly controlPlaneRange: undefined;
  public readonly nodeTag: string;
  public readonly secondaryRanges: { readonly pods: string; readonly services: string };
  /** Static address for the ingress gateway (IPv4). Present if `reserveIngressAddress` is true. */
  public readonly reservedIngressAddress: pulumi.Output<string> | undefined;

  constructor(name: string, args: ExistingNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const settings = checkArgs("ExistingNetwork", name, existingNetworkArgs, { ...args, name });
    super("ExistingNetwork", name, opts);
    const { project, region } = settings;
    const { network, subnet, hostProject = project, ...ranges } = settings.existingNetwork;

    this.networkId = pulumi.output(`projects/${hostProject}/global/networks/${network}`);
    this.subnetId = pulumi.output(
      `projects/${hostProject}/regions/${region}/subnetworks/${subnet}`,
    );
    this.secondaryRanges = { pods: ranges.podsRangeName, services: ranges.servicesRangeName };
    this.nodeTag = `${name}-nodes`;
    const dependsOn = settings.enableApis
      ? enableApis(name, { project, apis: ["compute"] }, { parent: this })
      : [];
    this.reservedIngressAddress = ingressAddress(name, settings, { parent: this, dependsOn });
  }
}

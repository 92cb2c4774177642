import { z } from "zod";

import { string } from "../../validation/fields";
import type { Problem } from "../../validation/problem";
import { flowLogSettings } from "./flow-logs";
import { networkSettings } from "./network-settings";
import { projectId } from "./project";
import { isResourceName } from "./resource-names";
import { SECONDARY_RANGES } from "./cluster-network";

const resourceName = string(
  (value) => isResourceName(value) && value.length <= 63,
  "the name of a Google Cloud resource",
  "use the short name that `gcloud compute networks subnets list` shows, not a URL",
);

/** A network that exists. The program changes nothing in it, and deletes nothing of it. */
export const existingNetwork = z.strictObject({
  /** Name of the VPC network. */
  network: resourceName,
  /** Name of the subnet of the nodes, in the cluster's region. */
  subnet: resourceName,
  /**
   * With Shared VPC, the host project, which contains the network (ID).
   *
   * @default the cluster's project
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-shared-vpc
   */
  hostProject: projectId.optional(),
  /**
   * Name of the subnet's secondary range for pods. No other cluster may use it.
   *
   * @default "pods"
   */
  podsRangeName: resourceName.default(SECONDARY_RANGES.pods),
  /**
   * Name of the subnet's secondary range for Services. No other cluster may use it.
   *
   * @default "services"
   */
  servicesRangeName: resourceName.default(SECONDARY_RANGES.services),
});

/** An existing network. */
export type ExistingNetworkSettings = Readonly<z.input<typeof existingNetwork>>;

const OF_A_NEW_NETWORK = { ...networkSettings, ...flowLogSettings };

/** Refuses a setting of the network that the program would create. */
export function checkNewNetworkOnly<Key extends keyof typeof OF_A_NEW_NETWORK>(key: Key) {
  return (
    settings: { readonly existingNetwork?: unknown } & Readonly<Record<Key, unknown>>,
  ): readonly Problem[] => {
    if (settings.existingNetwork === undefined) return [];
    if (settings[key] === OF_A_NEW_NETWORK[key].parse(undefined)) return [];
    const message = "has no effect with existingNetwork: remove it, or remove existingNetwork";
    return [{ path: [key], message }];
  };
}

/** The settings for {@link checkNewNetworkOnly}. */
export const NEW_NETWORK_ONLY = [
  "nodesRange",
  "podsRange",
  "servicesRange",
  "flowLogSampling",
] as const;

import { z } from "zod";

import { DESPITE_WRONG_KEYS, relations } from "../../validation/relations";
import { withoutDefaults } from "../../validation/rows";
import { clusterName } from "./cluster-name";
import {
  checkAuthorizedNetworks,
  checkPrivateEndpoint,
  controlPlaneSettings,
} from "./control-plane";
import {
  checkNewNetworkOnly,
  existingNetwork,
  NEW_NETWORK_ONLY,
} from "./existing-network-settings";
import { flowLogSettings } from "./flow-logs";
import { hardeningSettings } from "./hardening";
import { checkKeyRegion } from "./kms-key";
import {
  checkLocationType,
  checkStandardOnly,
  checkZones,
  isAutopilot,
  locationSettings,
} from "./location";
import { networkSettings } from "./network-settings";
import {
  checkNatCapacity,
  checkNodeCounts,
  checkNodesPerZone,
  checkUpgrade,
  nodePoolSettings,
  peakNodes,
} from "./node-pool-settings";
import { clusterObservabilitySettings } from "./observability";
import { projectSettings } from "./project";
import { checkNodesRange, checkOverlap, checkPodsRange, RANGE_PAIRS } from "./range-checks";
import { secretsEncryptionSettings } from "./secrets-encryption-settings";
import { upgradeSettings } from "./upgrades";

/** The cluster as a whole. */
export const clusterSettings = {
  /**
   * Name of the cluster: at most 24 lowercase letters, digits and hyphens. The name of the nodes' service account is made
   * from it.
   *
   * @default the component's name
   */
  clusterName: clusterName.optional(),
};

const STANDARD_ONLY = [
  "zones",
  ...(Object.keys(nodePoolSettings) as (keyof typeof nodePoolSettings)[]),
] as const;

/** All settings of a GKE cluster and its network. Only `project` and `region` are required. */
export const gkeSettings = z
  .strictObject({
    ...projectSettings,
    ...clusterSettings,
    ...locationSettings,
    ...networkSettings,
    ...flowLogSettings,
    /**
     * An existing network to use. The program then creates no network, no Cloud NAT and no firewall rule: nodes need another
     * way to the internet, for images.
     *
     * @default a new network
     */
    existingNetwork: existingNetwork.optional(),
    ...controlPlaneSettings,
    ...withoutDefaults(nodePoolSettings),
    ...upgradeSettings,
    ...hardeningSettings,
    ...secretsEncryptionSettings,
    ...clusterObservabilitySettings,
  })
  .superRefine((settings, context) => {
    const checkTogether = relations(settings, context);
    for (const key of STANDARD_ONLY) checkTogether(["mode", key], checkStandardOnly(key));
    checkTogether(["mode", "locationType"], checkLocationType);
    checkTogether(["region", "zones"], checkZones);
    checkTogether(["region", "bootDiskKey"], checkKeyRegion("bootDiskKey"));
    checkTogether(["region", "secretsKey"], checkKeyRegion("secretsKey"));
    checkTogether(["minNodes", "maxNodes"], checkNodeCounts);
    checkTogether(["maxNodes", "locationType", "zones"], checkNodesPerZone);
    checkTogether(["upgradeMaxSurge", "upgradeMaxUnavailable"], checkUpgrade);
    checkTogether(["controlPlaneAccess", "authorizedNetworks"], checkAuthorizedNetworks);
    checkTogether(["controlPlaneAccess", "privateEndpoint"], checkPrivateEndpoint);
    if (settings.existingNetwork !== undefined) {
      for (const key of NEW_NETWORK_ONLY) {
        checkTogether(["existingNetwork", key], checkNewNetworkOnly(key));
      }
      return;
    }
    checkTogether(["maxNodes", "upgradeMaxSurge"], checkNatCapacity);
    for (const [one, other] of RANGE_PAIRS) checkTogether([one, other], checkOverlap(one, other));
    checkTogether(
      ["nodesRange", "mode", "maxNodes", "upgradeMaxSurge"],
      ({ nodesRange, ...pool }) =>
        checkNodesRange(nodesRange, isAutopilot(pool) ? 1 : peakNodes(pool)),
    );
    checkTogether(["podsRange", "mode", "maxNodes", "upgradeMaxSurge"], ({ podsRange, ...pool }) =>
      checkPodsRange(podsRange, isAutopilot(pool) ? 1 : peakNodes(pool)),
    );
  }, DESPITE_WRONG_KEYS);

/** The settings as users write them. */
export type GkeSettings = Readonly<z.input<typeof gkeSettings>>;

/** The settings with the defaults filled in, except the node pool's: Autopilot has no node pool. */
export type ResolvedGkeSettings = Readonly<z.output<typeof gkeSettings>>;

import { z } from "zod";

import { flag, integer, string } from "../../validation/fields";
import type { Problem } from "../../validation/problem";
import type { Resolved } from "../../validation/rows";
import { got } from "../../validation/show";
import { isKeyName, KEY_NAME_FORM } from "./kms-key";
import { zoneCount } from "./location";
import { MAX_NODES } from "./nat-capacity";

const machineType = string(
  (value) => /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(value),
  "a machine type",
  "use a name such as e2-standard-2",
);

const keyName = string(isKeyName, "the name of a Cloud KMS key", `use the form ${KEY_NAME_FORM}`);

/** The smallest boot disk that has room for a node's image and the system's images (GB). */
export const MIN_DISK_GB = 20;

/** Type and number of the nodes. Not available in Autopilot. */
export const nodePoolSettings = {
  /**
   * Machine type of the nodes. One `e2-standard-2` has room for Istio's control plane, a second one
   * while it is replaced, a gateway and the system's pods.
   *
   * @default "e2-standard-2" (2 vCPUs, 8 GB)
   * @see https://cloud.google.com/compute/docs/general-purpose-machines
   */
  machineType: machineType.default("e2-standard-2"),
  /**
   * Size of a node's boot disk (GB). The disk type is balanced: a standard disk of this size would be too slow.
   *
   * @default 50
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/custom-boot-disks
   */
  diskSizeGb: integer(MIN_DISK_GB, 65_536).default(50),
  /**
   * Cloud KMS key that encrypts the boot disks, in the cluster's region:
   * `projects/…/locations/…/keyRings/…/cryptoKeys/…`. Compute Engine's service agent
   * (`service-PROJECT_NUMBER@compute-system.iam.gserviceaccount.com`) needs the role
   * `roles/cloudkms.cryptoKeyEncrypterDecrypter` for it.
   *
   * @default Google's own keys
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/using-cmek#boot-disks (CIS GKE 1.4: 5.9.1)
   */
  bootDiskKey: keyName.optional(),
  /**
   * Minimum number of nodes, in all zones together.
   *
   * @default 1
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/cluster-autoscaler
   */
  minNodes: integer(1, 1000).default(1),
  /**
   * Maximum number of nodes, in all zones together: at least one per zone.
   *
   * @default 3
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/cluster-autoscaler
   */
  maxNodes: integer(1, 1000).default(3),
  /**
   * Whether nodes are Spot VMs. They are much cheaper, and Google can stop any of them at any time with 30 seconds'
   * notice.
   *
   * @default false
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
   */
  spot: flag.default(false),
  /**
   * Maximum number of nodes that an upgrade adds at a time.
   *
   * @default 1
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies#surge
   */
  upgradeMaxSurge: integer(0, 20).default(1),
  /**
   * Maximum number of nodes that an upgrade removes before their replacements are ready.
   *
   * @default 0
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies#surge
   */
  upgradeMaxUnavailable: integer(0, 20).default(0),
};

const schema = z.object(nodePoolSettings);

/** The node pool's settings as the user wrote them. */
type Settings = Readonly<z.input<typeof schema>>;

/** Fills in the defaults. Only for a Standard cluster. */
export function resolveNodePool(settings: Settings): Resolved<typeof nodePoolSettings> {
  return schema.parse(settings);
}

/** The largest number of nodes at a time. An upgrade temporarily exceeds `maxNodes`. */
export function peakNodes(settings: Pick<Settings, "maxNodes" | "upgradeMaxSurge">): number {
  const { maxNodes, upgradeMaxSurge } = resolveNodePool(settings);
  return maxNodes + upgradeMaxSurge;
}

/** Refuses a maximum below the minimum. */
export function checkNodeCounts(
  settings: Pick<Settings, "minNodes" | "maxNodes">,
): readonly Problem[] {
  const { minNodes, maxNodes } = resolveNodePool(settings);
  if (minNodes <= maxNodes) return [];
  if (settings.maxNodes === undefined) {
    const message = `must be at most maxNodes, ${maxNodes} ${got(minNodes)}: lower minNodes, or set maxNodes`;
    return [{ path: ["minNodes"], message }];
  }
  const message = `must be at least minNodes, ${minNodes} ${got(maxNodes)}: raise maxNodes or lower minNodes`;
  return [{ path: ["maxNodes"], message }];
}

/** Refuses a maximum that the pool exceeds when it is created, because GKE starts one node in each zone. */
export function checkNodesPerZone({
  maxNodes,
  zones,
  ...location
}: Pick<Settings, "maxNodes"> & Parameters<typeof zoneCount>[0]): readonly Problem[] {
  const count = zoneCount({ zones, ...location });
  if (maxNodes === undefined || maxNodes >= count) return [];
  const message =
    `must be at least ${count}, one node for each zone ${got(maxNodes)}: raise maxNodes, or set zones to the zones of ` +
    "the nodes";
  return [{ path: ["maxNodes"], message }];
}

/** Refuses more nodes than the NAT gateway can serve. */
export function checkNatCapacity(
  settings: Pick<Settings, "maxNodes" | "upgradeMaxSurge">,
): readonly Problem[] {
  const { maxNodes, upgradeMaxSurge } = resolveNodePool(settings);
  const max = MAX_NODES - upgradeMaxSurge;
  if (maxNodes <= max) return [];
  const message =
    `must be at most ${max} ${got(maxNodes)}: the NAT address has ports for ${MAX_NODES} nodes, and an upgrade adds ` +
    `${upgradeMaxSurge}`;
  return [{ path: ["maxNodes"], message }];
}

/** Refuses an upgrade that may neither add nor remove a node. */
export function checkUpgrade(
  settings: Pick<Settings, "upgradeMaxSurge" | "upgradeMaxUnavailable">,
): readonly Problem[] {
  const { upgradeMaxSurge, upgradeMaxUnavailable } = resolveNodePool(settings);
  if (upgradeMaxSurge + upgradeMaxUnavailable > 0) return [];
  const message =
    "must be at least 1 while upgradeMaxUnavailable is 0 (got 0): an upgrade must add or remove a node";
  return [{ path: ["upgradeMaxSurge"], message }];
}

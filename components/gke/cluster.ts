import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import { autopilotNodes } from "./autopilot";
import { type ClusterNetwork, SECONDARY_RANGES } from "./cluster-network";
import { controlPlane } from "./control-plane";
import { hardening, standardHardening } from "./hardening";
import { clusterLocation, isAutopilot } from "./location";
import { nodeConfig, type NodeConfigArgs } from "./node-config";
import { MIN_DISK_GB } from "./node-pool-settings";
import { observability } from "./observability";
import type { ResolvedGkeSettings } from "./settings";
import { upgrades } from "./upgrades";

/** Inputs of {@link cluster}. */
export interface ClusterArgs {
  /** Name of the cluster in Google Cloud. */
  readonly clusterName: string;
  /** Network of the cluster. */
  readonly network: ClusterNetwork;
  /** Service account of the nodes (email). */
  readonly serviceAccount: pulumi.Input<string>;
  /** How the cluster encrypts Secrets. */
  readonly databaseEncryption: gcp.types.input.container.ClusterDatabaseEncryption;
  /** All other settings. */
  readonly settings: ResolvedGkeSettings;
}

/** The cluster without its nodes. */
export function cluster(
  name: string,
  { clusterName, network, serviceAccount, databaseEncryption, settings }: ClusterArgs,
  opts: pulumi.CustomResourceOptions,
): gcp.container.Cluster {
  const { project, labels, bootDiskKey } = settings;
  const { nodeTag, secondaryRanges: ranges = SECONDARY_RANGES } = network;
  const autopilot = isAutopilot(settings);
  return new gcp.container.Cluster(
    name,
    {
      project,
      name: clusterName,
      resourceLabels: labels,
      network: network.networkId,
      subnetwork: network.subnetId,
      ipAllocationPolicy: {
        clusterSecondaryRangeName: ranges.pods,
        servicesSecondaryRangeName: ranges.services,
      },
      ...clusterLocation(settings),
      ...controlPlane(settings, network.controlPlaneRange),
      ...upgrades(settings),
      ...observability(settings, autopilot),
      databaseEncryption,
      ...hardening(project, settings),
      ...(autopilot
        ? autopilotNodes(serviceAccount, nodeTag)
        : defaultNodePool({ serviceAccount, nodeTag, bootDiskKey })),
    },
    {
      ...opts,
      ignoreChanges: [
        // They configure the default node pool, which no longer exists. A change would replace the cluster.
        "initialNodeCount",
        "nodeConfig",
        // Google chooses them. To the provider, a value that Google returns and the program does not set is a change,
        // and a change of the first one would replace the cluster.
        "dataplaneOptimizationMode",
        ...(autopilot ? ["nodePoolAutoConfig.linuxNodeConfig"] : []),
      ],
      // The new cluster has the same name and ranges as the old one: pulumi/pulumi-gcp#95.
      deleteBeforeReplace: true,
    },
  );
}

/**
 * The default node pool, which GKE always creates. The provider deletes it, and the program creates its own pool,
 * because a change of the default node pool would replace the cluster. It exists for a few minutes and has the same
 * hardening as the program's pool. Otherwise it would run as Compute Engine's default account. If that is disabled, the
 * cluster would not start. Its disks do not count against the SSD quota, which is 250 GB per region in a new project: GKE's
 * default is 100 GB of SSD in each of three zones.
 *
 * @see https://github.com/hashicorp/terraform-provider-google/issues/4435
 */
function defaultNodePool(args: NodeConfigArgs) {
  return {
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    nodeConfig: { ...nodeConfig(args), diskType: "pd-standard", diskSizeGb: MIN_DISK_GB },
    ...standardHardening,
  } satisfies gcp.container.ClusterArgs;
}

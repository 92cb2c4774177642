import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import type { Resolved } from "../../validation/rows";
import { nodeConfig } from "./node-config";
import type { nodePoolSettings } from "./node-pool-settings";

/** Inputs of {@link nodePool}. */
export interface NodePoolArgs {
  /** Project ID. */
  readonly project: string;
  /** The cluster that the nodes belong to. */
  readonly cluster: gcp.container.Cluster;
  /** Service account of the nodes (email). */
  readonly serviceAccount: pulumi.Input<string>;
  /** Network tag of the nodes. */
  readonly nodeTag: string;
  /** Labels of the nodes. */
  readonly labels: Readonly<Record<string, string>>;
  /** The settings of the pool. */
  readonly settings: Resolved<typeof nodePoolSettings>;
}

/** The nodes of a Standard cluster. */
export function nodePool(
  name: string,
  { project, cluster, serviceAccount, nodeTag, labels, settings }: NodePoolArgs,
  opts: pulumi.CustomResourceOptions,
): gcp.container.NodePool {
  return new gcp.container.NodePool(
    name,
    {
      project,
      location: cluster.location,
      // By name, not by ID: pulumi/pulumi-gcp#1117.
      cluster: cluster.name,
      // For each zone. The autoscaler changes the number later.
      initialNodeCount: 1,
      autoscaling: {
        totalMinNodeCount: settings.minNodes,
        totalMaxNodeCount: settings.maxNodes,
        locationPolicy: settings.spot ? "ANY" : "BALANCED",
      },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: {
        strategy: "SURGE",
        maxSurge: settings.upgradeMaxSurge,
        maxUnavailable: settings.upgradeMaxUnavailable,
      },
      networkConfig: { enablePrivateNodes: true },
      nodeConfig: {
        machineType: settings.machineType,
        diskSizeGb: settings.diskSizeGb,
        diskType: "pd-balanced",
        spot: settings.spot,
        resourceLabels: { ...labels },
        ...nodeConfig({ serviceAccount, nodeTag, bootDiskKey: settings.bootDiskKey }),
      },
    },
    {
      ...opts,
      // The autoscaler owns this number, and a change replaces the pool (pulumi/pulumi-gcp#412).
      ignoreChanges: ["initialNodeCount"],
    },
  );
}

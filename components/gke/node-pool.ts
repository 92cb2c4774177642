import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** What the nodes are, and how many. Not in Autopilot. */
export interface NodePoolSettings {
  /**
   * Machine type of the nodes. Istio's control plane, a gateway and the system's pods fit on one `e2-standard-2`.
   *
   * @default "e2-standard-2" (2 vCPUs, 8 GB)
   * @see https://cloud.google.com/compute/docs/general-purpose-machines
   */
  readonly machineType?: string;
  /**
   * Size of a node's boot disk (GB). It is a balanced disk; a standard one of this size is too slow for a node.
   *
   * @default 50
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/custom-boot-disks
   */
  readonly diskSizeGb?: number;
  /**
   * Key of Cloud KMS that encrypts the boot disks, in the cluster's region: `projects/…/locations/…/keyRings/…/cryptoKeys/…`.
   * Compute Engine's service agent (`service-PROJECT_NUMBER@compute-system.iam.gserviceaccount.com`) must have the role
   * `roles/cloudkms.cryptoKeyEncrypterDecrypter` for it.
   *
   * @default Google's own keys
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/using-cmek#boot-disks (CIS GKE 1.4: 5.9.1)
   */
  readonly bootDiskKey?: string;
  /**
   * Fewest nodes, over all zones.
   *
   * @default 1
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/cluster-autoscaler
   */
  readonly minNodes?: number;
  /**
   * Most nodes, over all zones.
   *
   * @default 3
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/cluster-autoscaler
   */
  readonly maxNodes?: number;
  /**
   * Whether nodes are spot machines: much cheaper, and Google may take each away at any time, with 30 seconds' notice.
   *
   * @default false
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
   */
  readonly spot?: boolean;
  /**
   * How many nodes an upgrade adds at a time.
   *
   * @default 1
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies#surge
   */
  readonly upgradeMaxSurge?: number;
  /**
   * How many nodes an upgrade may take away before their successors are ready.
   *
   * @default 0
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies#surge
   */
  readonly upgradeMaxUnavailable?: number;
}

/** Fewest and most nodes that a pool may have, by its settings. */
export function poolSize({ minNodes = 1, maxNodes = 3 }: NodePoolSettings) {
  return { minNodes, maxNodes };
}

/** How fast a pool is upgraded, by its settings. */
export function surge({ upgradeMaxSurge = 1, upgradeMaxUnavailable = 0 }: NodePoolSettings) {
  return { maxSurge: upgradeMaxSurge, maxUnavailable: upgradeMaxUnavailable };
}

/** What a node pool belongs to. */
export interface NodePoolArgs {
  readonly project: string;
  readonly cluster: gcp.container.Cluster;
  /** Service account of the nodes (email). */
  readonly serviceAccount: pulumi.Input<string>;
  /** Network tag of the nodes. */
  readonly nodeTag: string;
  /** Labels for the bill. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The nodes of a Standard cluster. */
export function nodePool(
  parent: pulumi.Resource,
  name: string,
  settings: NodePoolSettings,
  args: NodePoolArgs,
): gcp.container.NodePool {
  const { minNodes, maxNodes } = poolSize(settings);
  return new gcp.container.NodePool(
    name,
    {
      project: args.project,
      location: args.cluster.location,
      // By name, not by id: pulumi/pulumi-gcp#1117.
      cluster: args.cluster.name,
      // Per zone; the autoscaler takes over from there.
      initialNodeCount: 1,
      autoscaling: {
        totalMinNodeCount: minNodes,
        totalMaxNodeCount: maxNodes,
        locationPolicy: settings.spot ? "ANY" : "BALANCED",
      },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: "SURGE", ...surge(settings) },
      networkConfig: { enablePrivateNodes: true },
      nodeConfig: {
        machineType: settings.machineType ?? "e2-standard-2",
        diskSizeGb: settings.diskSizeGb ?? 50,
        diskType: "pd-balanced",
        spot: settings.spot ?? false,
        resourceLabels: { ...args.labels },
        ...guardedNode(settings, args.serviceAccount, args.nodeTag),
      },
    },
    {
      parent,
      // The autoscaler's business, and a change of it replaces the pool (pulumi/pulumi-gcp#412).
      ignoreChanges: ["initialNodeCount"],
    },
  );
}

type NodeConfig = gcp.types.input.container.NodePoolNodeConfig;

/** What every node is, the one that a cluster begins with too: known to the firewall, hardened, and no one but itself. */
export function guardedNode(
  { bootDiskKey }: NodePoolSettings,
  serviceAccount: pulumi.Input<string>,
  nodeTag: string,
): NodeConfig {
  return {
    tags: [nodeTag],
    ...identity(serviceAccount),
    ...hardened,
    ...(bootDiskKey !== undefined && { bootDiskKmsKey: bootDiskKey }),
  };
}

/**
 * Who a node is. Its scopes are all there are, for IAM alone to say what it may do.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/access-scopes
 */
function identity(serviceAccount: pulumi.Input<string>): NodeConfig {
  return {
    serviceAccount,
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    // Pods see their own identity, never the node's: …/docs/how-to/workload-identity (CIS GKE 1.4: 5.4.2, 5.2.2)
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    // …/docs/how-to/protecting-cluster-metadata#disable-legacy-apis (CIS GKE 1.4: 5.4.1)
    metadata: { "disable-legacy-endpoints": "true" },
  };
}

/** What no one has reason to differ in. */
const hardened: NodeConfig = {
  // …/docs/concepts/node-images#cos (CIS GKE 1.4: 5.5.1)
  imageType: "COS_CONTAINERD",
  // …/docs/how-to/shielded-gke-nodes (CIS GKE 1.4: 5.5.6, 5.5.7)
  shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
  // …/docs/how-to/disable-kubelet-readonly-port (CIS GKE 1.4: 3.2.4)
  kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
};

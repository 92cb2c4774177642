import type * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

type NodeConfig = gcp.types.input.container.NodePoolNodeConfig;

/** What nodes of the default node pool and of the program's own pool have in common. */
export interface NodeConfigArgs {
  /** Service account of the nodes (email). */
  readonly serviceAccount: pulumi.Input<string>;
  /** Network tag of the nodes. */
  readonly nodeTag: string;
  /** Cloud KMS key that encrypts the boot disks. */
  readonly bootDiskKey?: string | undefined;
}

/** Identity and hardening of a node. */
export function nodeConfig({ serviceAccount, nodeTag, bootDiskKey }: NodeConfigArgs): NodeConfig {
  return {
    tags: [nodeTag],
    ...identity(serviceAccount),
    ...HARDENING,
    ...(bootDiskKey !== undefined && { bootDiskKmsKey: bootDiskKey }),
  };
}

/**
 * The identity of a node. Its scopes include all APIs, so that only IAM decides what it may do.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/access-scopes
 */
function identity(serviceAccount: pulumi.Input<string>): NodeConfig {
  return {
    serviceAccount,
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    // Pods get their own identity, never the node's: …/docs/how-to/workload-identity (CIS GKE 1.4: 5.4.2, 5.2.2)
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    // …/docs/how-to/protecting-cluster-metadata#disable-legacy-apis (CIS GKE 1.4: 5.4.1)
    metadata: { "disable-legacy-endpoints": "true" },
  };
}

/** Hardening that no setting changes. */
const HARDENING: NodeConfig = {
  // …/docs/concepts/node-images#cos (CIS GKE 1.4: 5.5.1)
  imageType: "COS_CONTAINERD",
  // …/docs/how-to/shielded-gke-nodes (CIS GKE 1.4: 5.5.6, 5.5.7)
  shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
  // …/docs/how-to/disable-kubelet-readonly-port (CIS GKE 1.4: 3.2.4)
  kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
};

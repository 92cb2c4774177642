import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { enableApis } from "./apis";
import { autopilotNodes } from "./autopilot";
import { controlPlane } from "./control-plane";
import { authorizesBinaries, hardening, standardHardening, workloadPool } from "./hardening";
import { clusterEndpoint, kubeconfig } from "./kubeconfig";
import { clusterLocation, isAutopilot } from "./location";
import { nodeAccount } from "./node-account";
import { guardedNode, nodePool } from "./node-pool";
import { observability } from "./observability";
import { makesKey, secretsEncryption } from "./secrets-encryption";
import type { GkeSettings } from "./settings";
import { upgrades } from "./upgrades";
import { type ClusterNetwork, Network, type NetworkArgs, SECONDARY_RANGES } from "./network";

/** Inputs of {@link GkeCluster}. */
export interface GkeClusterArgs extends GkeSettings, NetworkArgs {
  /**
   * The cluster's network, where it is there already. All of it outlives the cluster.
   *
   * @default one of its own, by the same settings
   */
  readonly network?: ClusterNetwork;
}

/**
 * A GKE cluster, hardened as Google's guide, the CIS GKE benchmark and the Terraform module `safer-cluster` ask.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster
 */
export class GkeCluster extends pulumi.ComponentResource {
  /** Name of the cluster. */
  public readonly clusterName: pulumi.Output<string>;
  /** Region or zone of the control plane. */
  public readonly location: pulumi.Output<string>;
  /**
   * Kubeconfig without credentials. It comes with the nodes, so that on destroy whatever was made by it goes before
   * them.
   */
  public readonly kubeconfig: pulumi.Output<string>;
  /**
   * For the Kubernetes provider's `clusterIdentifier`: another one only when the cluster is another one. Without it the
   * provider takes a new address of the control plane for a new cluster, and replaces all that runs there.
   */
  public readonly clusterIdentifier: pulumi.Output<string>;
  /** Pool of the pods' identities, for IAM to name them by. */
  public readonly workloadPool: string;
  /** Service account of the nodes (email). */
  public readonly nodeServiceAccount: pulumi.Output<string>;
  /** The network that was made for it, with its addresses; none where one was given. */
  public readonly ownNetwork?: Network;

  constructor(name: string, args: GkeClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:GkeCluster", name, {}, opts);
    const { project, region, clusterName = name, labels = {} } = args;
    const autopilot = isAutopilot(args);
    const { location, nodeLocations } = clusterLocation(args);
    const network =
      args.network ?? (this.ownNetwork = new Network(`${name}-network`, args, { parent: this }));

    const apis = (args.enableApis ?? true) ? enableApis(this, name, project, neededApis(args)) : [];
    const account = nodeAccount(this, name, { project, clusterName, apis });
    const encryption = secretsEncryption(this, name, args, { project, region, labels, apis });

    const cluster = new gcp.container.Cluster(
      `${name}-cluster`,
      {
        project,
        name: clusterName,
        location,
        ...(nodeLocations && { nodeLocations }),
        network: network.networkId,
        subnetwork: network.subnetId,
        ipAllocationPolicy: {
          clusterSecondaryRangeName: SECONDARY_RANGES.pods,
          servicesSecondaryRangeName: SECONDARY_RANGES.services,
        },
        ...controlPlane(args, network.controlPlaneRange),
        ...upgrades(args),
        ...observability(args, autopilot),
        ...encryption.args,
        ...hardening(project, args),
        ...(autopilot
          ? autopilotNodes(account.email, network.nodeTag)
          : firstNode(args, account.email, network.nodeTag)),
      },
      {
        parent: this,
        // Pods need the way out and the webhooks' way in, nodes their roles, from their first minute to their last.
        dependsOn: [network, ...apis, ...account.roles, ...encryption.dependsOn],
        // Of the pool that is removed at once; a change of it would replace the cluster.
        ignoreChanges: ["initialNodeCount", "nodeConfig"],
        // A second cluster finds its ranges and its name taken: pulumi/pulumi-gcp#95.
        deleteBeforeReplace: true,
      },
    );
    const nodes = autopilot
      ? cluster
      : nodePool(this, `${name}-pool`, args, {
          project,
          cluster,
          serviceAccount: account.email,
          nodeTag: network.nodeTag,
          labels,
        });

    this.clusterName = cluster.name;
    this.location = cluster.location;
    this.workloadPool = workloadPool(project);
    this.nodeServiceAccount = account.email;
    this.kubeconfig = pulumi
      // Of all that the nodes have, the URN alone stays known while a preview replaces them.
      .all([clusterEndpoint(cluster, args), cluster.name, cluster.location, nodes.urn])
      .apply(([endpoint, cluster, location]) =>
        kubeconfig(`gke_${project}_${location}_${cluster}`, endpoint),
      );
    this.clusterIdentifier = cluster.id;
    this.registerOutputs({ kubeconfig: this.kubeconfig });
  }
}

/**
 * The pool that a cluster begins with cannot be changed without replacing the cluster: it goes, ours comes. For the
 * minutes that it lives it is as guarded as ours: by default it would run as Compute Engine's default account, and where
 * that is disabled the cluster would not come up at all.
 *
 * @see https://github.com/hashicorp/terraform-provider-google/issues/4435
 */
function firstNode(args: GkeSettings, serviceAccount: pulumi.Input<string>, nodeTag: string) {
  return {
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    nodeConfig: guardedNode(args, serviceAccount, nodeTag),
    ...standardHardening,
  } satisfies gcp.container.ClusterArgs;
}

/** APIs that a cluster needs, besides Compute Engine's, which its network has enabled. */
function neededApis(args: GkeSettings): string[] {
  return [
    "container",
    "iam",
    ...(makesKey(args) ? ["cloudkms"] : []),
    ...(authorizesBinaries(args) ? ["binaryauthorization"] : []),
  ];
}

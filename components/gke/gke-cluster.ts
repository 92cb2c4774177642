import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { checkArgs } from "../../validation/args";
import { flag } from "../../validation/fields";
import { mustBe } from "../../validation/messages";
import { DESPITE_WRONG_KEYS, relations } from "../../validation/relations";
import { Component } from "../component";
import { enableApis } from "./apis";
import { cluster } from "./cluster";
import { checkDefaultName } from "./cluster-name";
import type { ClusterNetwork, ReachableNetwork } from "./cluster-network";
import { workloadPool } from "./hardening";
import { clusterEndpoint, kubeconfig } from "./kubeconfig";
import { isAutopilot } from "./location";
import type { NetworkArgs } from "./network";
import { nodeAccount } from "./node-account";
import { nodePool } from "./node-pool";
import { resolveNodePool } from "./node-pool-settings";
import { reachableNetwork } from "./reachable-network";
import { namePrefix } from "./resource-names";
import { secretsEncryption } from "./secrets-encryption";
import { createsKey } from "./secrets-encryption-settings";
import { type GkeSettings, gkeSettings, type ResolvedGkeSettings } from "./settings";

/** Inputs of {@link GkeCluster}. */
export interface GkeClusterArgs extends GkeSettings, NetworkArgs {
  /**
   * An existing network. The cluster must be deleted before it.
   *
   * @default a new network with the same settings
   */
  readonly network?: ClusterNetwork;
}

const gkeClusterArgs = gkeSettings
  .safeExtend({
    // The name of a node pool has at most 40 characters.
    name: namePrefix("-pool", 40),
    network: z
      .custom<ClusterNetwork>((value) => pulumi.Resource.isInstance(value), {
        error: mustBe("a network"),
        // Otherwise zod would skip the checks between other keys.
        abort: false,
      })
      .optional(),
    reserveIngressAddress: flag.default(false),
  })
  .superRefine((args, context) => {
    relations(args, context)(["name", "clusterName"], checkDefaultName);
  }, DESPITE_WRONG_KEYS);

/**
 * A GKE cluster, hardened as Google's guide, the CIS GKE benchmark and the Terraform module `safer-cluster` recommend.
 *
 * @throws ArgsError when an argument is invalid, or when Google would refuse a name that is made from the arguments
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster
 * @example
 * const cluster = new GkeCluster("shop", { project: "my-project", region: "europe-west1" });
 * const provider = new k8s.Provider("shop", {
 *   kubeconfig: cluster.kubeconfig,
 *   clusterIdentifier: cluster.clusterIdentifier,
 * });
 */
export class GkeCluster extends Component {
  /** Name of the cluster. */
  public readonly clusterName: pulumi.Output<string>;
  /** Region or zone of the control plane. */
  public readonly location: pulumi.Output<string>;
  /**
   * Kubeconfig without credentials. It depends on the nodes, so Pulumi deletes everything that was created with it before
   * it deletes the nodes.
   */
  public readonly kubeconfig: pulumi.Output<string>;
  /**
   * For the Kubernetes provider's `clusterIdentifier`. It changes only if the cluster is replaced. Without it, the provider
   * takes a new address of the control plane for a new cluster, and replaces everything in it.
   */
  public readonly clusterIdentifier: pulumi.Output<string>;
  /** Workload identity pool, which contains the identities of the pods. */
  public readonly workloadPool: string;
  /** Service account of the nodes (email). */
  public readonly nodeServiceAccount: pulumi.Output<string>;
  /** The network of `existingNetwork`, or a new one, with its addresses. Absent if `network` was set. */
  public readonly ownNetwork?: ReachableNetwork;

  constructor(name: string, args: GkeClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const settings = checkArgs("GkeCluster", name, gkeClusterArgs, { ...args, name });
    super("GkeCluster", name, opts);
    const { project, region, labels, clusterName = name } = settings;
    const parent = { parent: this };

    const network =
      settings.network ?? (this.ownNetwork = reachableNetwork(`${name}-network`, args, parent));
    const apis = settings.enableApis
      ? enableApis(name, { project, apis: requiredApis(settings) }, parent)
      : [];
    const account = nodeAccount(`${name}-node-account`, { project, clusterName, apis }, parent);
    const encryption = secretsEncryption(
      name,
      { secretsKey: settings.secretsKey, project, region, labels, apis },
      parent,
    );
    const gke = cluster(
      `${name}-cluster`,
      {
        clusterName,
        network,
        serviceAccount: account.email,
        databaseEncryption: encryption.config,
        settings,
      },
      // Pods need the NAT gateway and the webhooks' firewall rule, and nodes their roles, as long as they exist.
      { ...parent, dependsOn: [network, ...apis, ...account.roles, ...encryption.dependsOn] },
    );
    const nodes = isAutopilot(settings)
      ? gke
      : nodePool(
          `${name}-pool`,
          {
            project,
            cluster: gke,
            serviceAccount: account.email,
            nodeTag: network.nodeTag,
            labels,
            settings: resolveNodePool(settings),
          },
          parent,
        );

    this.clusterName = gke.name;
    this.location = gke.location;
    this.workloadPool = workloadPool(project);
    this.nodeServiceAccount = account.email;
    this.kubeconfig = pulumi
      // During a preview that replaces the nodes, only their URN is known.
      .all([clusterEndpoint(gke, settings), gke.name, gke.location, nodes.urn])
      .apply(([endpoint, gkeName, location]) =>
        kubeconfig(`gke_${project}_${location}_${gkeName}`, endpoint),
      );
    this.clusterIdentifier = gke.id;
  }
}

/** APIs that a cluster needs. `Network` enables the Compute Engine API. */
function requiredApis(settings: ResolvedGkeSettings): string[] {
  return [
    "container",
    "iam",
    ...(createsKey(settings) ? ["cloudkms"] : []),
    ...(settings.binaryAuthorization ? ["binaryauthorization"] : []),
    ...(settings.securityPosture ? ["containersecurity"] : []),
  ];
}

import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import { nodeAccountId } from "./cluster-name";

/** Inputs of {@link nodeAccount}. */
export interface NodeAccountArgs {
  /** Project ID. */
  readonly project: string;
  /** Name of the cluster. The name of the account is made from it. */
  readonly clusterName: string;
  /** APIs that must be enabled first. */
  readonly apis: readonly pulumi.Resource[];
}

/** The identity of a cluster's nodes. */
export interface NodeAccount {
  /** Email of the service account. */
  readonly email: pulumi.Output<string>;
  /** Its roles. Nodes need them as long as they exist. */
  readonly roles: readonly pulumi.Resource[];
}

/**
 * What a node may do: write logs and metrics, and pull images from the project's registries. Workloads have their own
 * identities.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa
 *   (CIS GKE 1.4: 5.2.1, 5.1.3)
 */
const ROLES = {
  node: "roles/container.defaultNodeServiceAccount",
  images: "roles/artifactregistry.reader",
} as const;

/**
 * A service account for the nodes of one cluster. By default, nodes would use Compute Engine's default account, which
 * may edit the whole project.
 */
export function nodeAccount(
  name: string,
  { project, clusterName, apis }: NodeAccountArgs,
  opts: pulumi.CustomResourceOptions,
): NodeAccount {
  const account = new gcp.serviceaccount.Account(
    name,
    {
      project,
      accountId: nodeAccountId(clusterName),
      displayName: `Nodes of the cluster ${clusterName}`,
    },
    { ...opts, dependsOn: [...apis] },
  );
  const roles = Object.entries(ROLES).map(
    ([purpose, role]) =>
      new gcp.projects.IAMMember(
        `${name}-${purpose}`,
        { project, role, member: account.member },
        opts,
      ),
  );
  return { email: account.email, roles };
}

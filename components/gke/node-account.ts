import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** The identity of a cluster's nodes. */
export interface NodeAccount {
  readonly email: pulumi.Output<string>;
  /** Its roles, which nodes need from their first minute to their last. */
  readonly roles: readonly pulumi.Resource[];
}

/**
 * What a node may do: write logs and metrics, and pull images from the project's registries. Workloads have identities
 * of their own.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa
 *   (CIS GKE 1.4: 5.2.1, 5.1.3)
 */
const ROLES = {
  node: "roles/container.defaultNodeServiceAccount",
  images: "roles/artifactregistry.reader",
} as const;

/** A service account for the nodes of one cluster, in place of the project's default one, which may edit all of it. */
export function nodeAccount(
  parent: pulumi.Resource,
  name: string,
  args: {
    readonly project: string;
    readonly clusterName: string;
    readonly apis: pulumi.Resource[];
  },
): NodeAccount {
  const { project, clusterName } = args;
  const account = new gcp.serviceaccount.Account(
    `${name}-node-account`,
    {
      project,
      accountId: `${clusterName}-nodes`,
      displayName: `Nodes of the cluster ${clusterName}`,
    },
    { parent, dependsOn: args.apis },
  );
  const roles = Object.entries(ROLES).map(
    ([purpose, role]) =>
      new gcp.projects.IAMMember(
        `${name}-node-account-${purpose}`,
        { project, role, member: account.member },
        { parent },
      ),
  );
  return { email: account.email, roles };
}

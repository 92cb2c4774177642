import type * as pulumi from "@pulumi/pulumi";

import type { GkeSettings } from "../../components/gke/settings";
import { GkeCluster } from "../../components/gke/gke-cluster";
import type { NetworkArgs } from "../../components/gke/network";
import type { Construct } from "../construct";

/** Without `network`: a program in another process cannot pass a resource, so the cluster always creates its network. */
export interface Inputs extends GkeSettings, NetworkArgs {}

export interface Outputs {
  /** Name of the cluster. */
  readonly clusterName: pulumi.Output<string>;
  /** Region or zone of the control plane. */
  readonly location: pulumi.Output<string>;
  /** Kubeconfig without credentials. Clients authenticate with `gke-gcloud-auth-plugin`. */
  readonly kubeconfig: pulumi.Output<string>;
  /** For the Kubernetes provider's `clusterIdentifier`. With it, a new address of the control plane replaces nothing. */
  readonly clusterIdentifier: pulumi.Output<string>;
  /** Workload identity pool, which contains the identities of the pods. */
  readonly workloadPool: string;
  /** Service account of the nodes (email). */
  readonly nodeServiceAccount: pulumi.Output<string>;
  /** Static address that the cluster's connections to the internet come from (IPv4). */
  readonly natAddress?: pulumi.Output<string>;
  /** Static address for the ingress gateway (IPv4). Present if `reserveIngressAddress` is true. */
  readonly reservedIngressAddress?: pulumi.Output<string>;
}

export const construct: Construct<Inputs, Outputs> = (name, inputs, options) => {
  const made = new GkeCluster(name, inputs, options);
  const { ownNetwork: network } = made;
  return {
    urn: made.urn,
    state: {
      clusterName: made.clusterName,
      location: made.location,
      kubeconfig: made.kubeconfig,
      clusterIdentifier: made.clusterIdentifier,
      workloadPool: made.workloadPool,
      nodeServiceAccount: made.nodeServiceAccount,
      ...(network?.natAddress && { natAddress: network.natAddress }),
      ...(network?.reservedIngressAddress && {
        reservedIngressAddress: network.reservedIngressAddress,
      }),
    },
  };
};

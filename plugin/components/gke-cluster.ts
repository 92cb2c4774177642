import type * as pulumi from "@pulumi/pulumi";

import { gkeProblems } from "../../components/gke/problems";
import type { GkeSettings } from "../../components/gke/settings";
import { GkeCluster } from "../../components/gke/gke-cluster";
import type { NetworkArgs } from "../../components/gke/network";
import { ArgsError } from "../../validation/args";
import type { Construct } from "../construct";

/** Without a network: it cannot be passed from another process, so the cluster creates its own. */
export interface Inputs extends GkeSettings, NetworkArgs {}

export interface Outputs {
  /** Name of the cluster. */
  readonly clusterName: pulumi.Output<string>;
  /** Region or zone of the control plane. */
  readonly location: pulumi.Output<string>;
  /** Kubeconfig without credentials. It authenticates with `gke-gcloud-auth-plugin`. */
  readonly kubeconfig: pulumi.Output<string>;
  /** For the Kubernetes provider's `clusterIdentifier`: with it, a new address of the control plane replaces nothing. */
  readonly clusterIdentifier: pulumi.Output<string>;
  /** Workload identity pool, by which IAM names the pods' identities. */
  readonly workloadPool: string;
  /** Service account of the nodes (email). */
  readonly nodeServiceAccount: pulumi.Output<string>;
  /** Static address (IPv4) from which the cluster connects to the internet. */
  readonly natAddress?: pulumi.Output<string>;
  /** Static address (IPv4) for the ingress gateway. Absent unless `reserveIngressAddress` is true. */
  readonly ingressAddress?: pulumi.Output<string>;
}

export const construct: Construct<Inputs, Outputs> = (name, inputs, options) => {
  const problems = gkeProblems(inputs);
  if (problems.length > 0) {
    throw new ArgsError("GkeCluster", name, problems);
  }
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
      ...(network && { natAddress: network.natAddress }),
      ...(network?.ingressAddress && { ingressAddress: network.ingressAddress }),
    },
  };
};

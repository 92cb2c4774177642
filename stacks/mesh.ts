import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { GkeCluster } from "../components/gke/gke-cluster";
import { REVISION_KEY } from "../components/istio/revision";
import { Network } from "../components/gke/network";
import type { Config, GkeSource } from "../config";

/** The stack's cluster. What comes after it is the same, wherever it comes from. */
export interface MeshCluster {
  /** The way into it. */
  readonly provider: k8s.Provider;
  /** On GKE, the static address reserved for the server's ingress (IPv4). */
  readonly ingressAddress?: pulumi.Output<string>;
  /** On GKE, the static address from which the cluster's connections come (IPv4). */
  readonly natAddress?: pulumi.Output<string>;
}

/** The cluster that the configuration asks for: created, or there already. */
export function meshCluster(name: string, config: Config): MeshCluster {
  const { cluster } = config;
  if (cluster.from === "kubeconfig") {
    const { kubeconfig, context } = cluster;
    return {
      provider: new k8s.Provider(name, {
        kubeconfig: pulumi.secret(kubeconfig),
        ...(context !== undefined && { context }),
        ...ROTATES_IN_PLACE,
      }),
    };
  }
  return gkeCluster(name, cluster, config.role === "server");
}

function gkeCluster(name: string, { settings }: GkeSource, reserveIngressAddress: boolean) {
  const network = new Network(name, { ...settings, reserveIngressAddress });
  const { kubeconfig, clusterIdentifier } = new GkeCluster(name, { ...settings, network });
  return {
    // With the identifier, a new address of the control plane is not a new cluster to the provider.
    provider: new k8s.Provider(name, { kubeconfig, clusterIdentifier, ...ROTATES_IN_PLACE }),
    natAddress: network.natAddress,
    ...(network.ingressAddress && { ingressAddress: network.ingressAddress }),
  };
}

/**
 * By default the provider replaces a Secret or ConfigMap whose data changes, deleting it first: for a gateway's
 * credential that is an outage at each renewal.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/
 */
const ROTATES_IN_PLACE = { enableSecretMutable: true, enableConfigMapMutable: true };

/** The namespace of the application, whose pods get sidecars by the control plane that the gateways have. */
export function applicationNamespace(
  name: string,
  { namespace, revisions }: Config,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Namespace {
  return new k8s.core.v1.Namespace(
    name,
    { metadata: { name: namespace, labels: { [REVISION_KEY]: revisions.gateways.name } } },
    opts,
  );
}

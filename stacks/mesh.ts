import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { GkeCluster } from "../components/gke/gke-cluster";
import { reachableNetwork } from "../components/gke/reachable-network";
import { REVISION_KEY } from "../components/istio/revision";
import { keptNamespace } from "../components/kept-namespace";
import type { Config, GkeSource } from "../config";
import { googleProvider } from "./google-provider";
import { reservesAddress } from "./ingress-exposure";

/** The stack's cluster. Everything inside it is the same, whether the program created it or not. */
export interface MeshCluster {
  /** Kubernetes provider for the cluster. */
  readonly provider: k8s.Provider;
  /** On GKE, the static address that is reserved for the server's ingress (IPv4). */
  readonly reservedIngressAddress?: pulumi.Output<string>;
  /** On GKE, the static address from which the cluster connects to the internet (IPv4). */
  readonly natAddress?: pulumi.Output<string>;
}

/** The cluster that the configuration selects: a new one on GKE, or an existing one. */
export function meshCluster(name: string, config: Config): MeshCluster {
  const { cluster } = config;
  if (cluster.from === "gke") {
    return gkeCluster(name, cluster, config.role === "server" && reservesAddress(config));
  }
  const { kubeconfig, context } = cluster;
  return {
    provider: new k8s.Provider(name, {
      kubeconfig: pulumi.secret(kubeconfig),
      ...(context !== undefined && { context }),
      ...UPDATE_IN_PLACE,
    }),
  };
}

function gkeCluster(name: string, source: GkeSource, reserveIngressAddress: boolean): MeshCluster {
  const { settings } = source;
  const google = { providers: [googleProvider(`${name}-google`, source)] };
  const network = reachableNetwork(name, { ...settings, reserveIngressAddress }, google);
  const { kubeconfig, clusterIdentifier } = new GkeCluster(name, { ...settings, network }, google);
  return {
    // With the identifier, a new address of the control plane is not a new cluster to the provider.
    provider: new k8s.Provider(name, { kubeconfig, clusterIdentifier, ...UPDATE_IN_PLACE }),
    ...(network.natAddress && { natAddress: network.natAddress }),
    ...(network.reservedIngressAddress && {
      reservedIngressAddress: network.reservedIngressAddress,
    }),
  };
}

/**
 * By default, when the data of a Secret or a ConfigMap changes, the provider deletes the object and creates a new one.
 * For a gateway's credential, each renewal would be an outage.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/
 */
const UPDATE_IN_PLACE = { enableSecretMutable: true, enableConfigMapMutable: true };

/** The application's namespace. Its new pods get their sidecars from the control plane of the gateways. */
export function applicationNamespace(
  name: string,
  { namespace, revisions }: Config,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Namespace {
  return keptNamespace(
    name,
    { name: namespace, labels: { [REVISION_KEY]: revisions.gateways.name } },
    opts,
  );
}

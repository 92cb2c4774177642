import * as k8s from "@pulumi/kubernetes";

import { GkeCluster } from "../../../../components/gke/gke-cluster";
import { Network } from "../../../../components/gke/network";
import type { GkeSettings } from "../../../../components/gke/settings";
import { named, record, type Recorded } from "../../../support/record";

export const minimal: GkeSettings = { project: "my-project", region: "europe-west1" };

export const CLUSTER = "server-cluster";
export const POOL = "server-pool";

export interface RecordedCluster {
  readonly component: GkeCluster;
  readonly resources: readonly Recorded[];
  /** The inputs of the cluster itself. */
  readonly cluster: Record<string, unknown>;
  /** The resource of that name. */
  readonly of: (name: string) => Recorded;
}

/** A cluster with its network, and a load balancer that is deployed with a provider as in the stacks. */
export async function recordCluster(
  overrides: Partial<GkeSettings> = {},
): Promise<RecordedCluster> {
  let component: GkeCluster | undefined;
  const resources = await record(() => {
    const settings = { ...minimal, ...overrides };
    const network = new Network("net", settings);
    component = new GkeCluster("server", { ...settings, network });
    const { kubeconfig, clusterIdentifier } = component;
    const provider = new k8s.Provider("cluster", { kubeconfig, clusterIdentifier });
    new k8s.core.v1.Service("balancer", { spec: { type: "LoadBalancer" } }, { provider });
  });
  if (!component) throw new Error("the program created no cluster");
  const of = (name: string) => named(resources, name);
  return { component, resources, cluster: of(CLUSTER).inputs, of };
}

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: object }];
  readonly users: readonly [{ readonly user: object }];
}

/** How the kubeconfig's only cluster is reached. */
export function endpointOf(kubeconfig: string): object {
  return (JSON.parse(kubeconfig) as Kubeconfig).clusters[0].cluster;
}

/** How the kubeconfig's only user authenticates. */
export function userOf(kubeconfig: string): object {
  return (JSON.parse(kubeconfig) as Kubeconfig).users[0].user;
}

import { existsSync } from "node:fs";
import { join } from "node:path";

import { CLUSTER_DOMAIN, type Site } from "../network/address-plan";
import type { Child } from "../process/child";
import { until } from "../process/until";
import {
  getKubeProxyHealthUrl,
  startControllerManager,
  startKubeProxy,
  startScheduler,
} from "./kube-components";
import { startControlPlane, type ControlPlane } from "./control-plane";
import { buildCoreDnsManifests, COREDNS_DEPLOYMENT_PATH } from "./coredns";
import { getContainerdSocket, getNriSocket, startContainerd } from "./containerd";
import { startKubelet } from "./kubelet";
import { assignAddresses } from "./load-balancer";
import { buildNetworkPolicyRbac, startNetworkPolicyEngine } from "./network-policy-engine";

interface ClusterArgs {
  readonly site: Site;
  /** Folder for keys, data and volumes, on a tmpfs. */
  readonly dir: string;
  readonly bin: string;
  /** Folder with the images that containerd starts with. */
  readonly imageStore: string;
  readonly logs: string;
  /** Called with what the start waits for. */
  readonly reportWait?: (what: string) => void;
}

/** A running cluster with one node, and its own control plane, network of Services and DNS. */
export interface Cluster extends Omit<ControlPlane, "stop"> {
  readonly site: Site;
  readonly containerd: Child;
  readonly kubelet: Child;
  /** Resolves with a message when a component ends; none should end before the lab. */
  readonly crashed: Promise<string>;
}

/**
 * Starts a cluster in the network namespace of its site, and waits until its node accepts pods and its DNS is ready.
 * It has no `stop`: it ends with the lab's namespaces.
 */
export async function startCluster(args: ClusterArgs): Promise<Cluster> {
  const { site, bin, logs, dir, reportWait = () => undefined } = args;
  reportWait("the API server");
  const controlPlane = await startControlPlane({
    name: site.name,
    dir,
    bin,
    logs,
    address: site.management.node,
    netns: site.netns,
    serviceCIDR: site.serviceCIDR,
    nodeName: site.nodeName,
  });
  const { client } = controlPlane;
  const component = { site, controlPlane, bin, logs };
  const children: Child[] = [
    controlPlane.etcd,
    controlPlane.apiServer,
    startControllerManager(component),
    startScheduler(component),
  ];
  reportWait("containerd");
  const nriSocket = getNriSocket(dir);
  const containerd = startContainerd({ site, bin, imageStore: args.imageStore, dir, logs });
  children.push(containerd);
  await until(
    `containerd of ${site.name} ready`,
    () => [getContainerdSocket(dir), nriSocket].every((path) => existsSync(path)) || undefined,
    {
      alive: [containerd],
    },
  );
  // Start it before the first pod: the node's rules drop the connections of pods while it does not run.
  for (const manifest of buildNetworkPolicyRbac()) await client.apply(manifest);
  children.push(startNetworkPolicyEngine({ ...component, nriSocket }));
  reportWait("the node");
  const kubelet = startKubelet({ site, controlPlane, command: join(bin, "kubelet"), dir, logs });
  children.push(kubelet);
  void assignAddresses(client, site.loadBalancerCIDR);
  await until(`node ${site.nodeName} ready`, () => isNodeReady(client, site.nodeName), {
    alive: children,
  });

  // Start it before the first pod: a connection that was opened to a Service without rules never recovers.
  reportWait("kube-proxy");
  children.push(startKubeProxy(component));
  await until(`kube-proxy of ${site.name} ready`, () => isHealthy(getKubeProxyHealthUrl(site)), {
    alive: children,
  });
  reportWait("the cluster's DNS");
  for (const manifest of buildCoreDnsManifests(site.clusterDNS, CLUSTER_DOMAIN))
    await client.apply(manifest);
  await until(`DNS of ${site.name} ready`, () => isDnsReady(client), { alive: children });
  return {
    ...controlPlane,
    site,
    containerd,
    kubelet,
    crashed: Promise.race(children.map(async (child) => child.describe(await child.ended))),
  };
}

interface Conditions {
  readonly status?: { readonly conditions?: { readonly type: string; readonly status: string }[] };
}

const isNodeReady = async (client: ControlPlane["client"], name: string) =>
  hasCondition(await client.getJson<Conditions>(`/api/v1/nodes/${name}`), "Ready");

const isDnsReady = async (client: ControlPlane["client"]) =>
  hasCondition(await client.getJson<Conditions>(COREDNS_DEPLOYMENT_PATH), "Available");

const isHealthy = async (url: string) => (await fetch(url)).ok || undefined;

function hasCondition(object: Conditions, type: string): true | undefined {
  const conditions = object.status?.conditions ?? [];
  return conditions.some((c) => c.type === type && c.status === "True") || undefined;
}

import { CLUSTER_DOMAIN, type Site } from "../network/address-plan";
import type { Child } from "../process/child";
import { until } from "../process/until";
import { getKubeProxyHealthUrl, startControllerManager, startKubeProxy, startScheduler } from "./kube-components";
import { startControlPlane, type ControlPlane } from "./control-plane";
import { buildCoreDnsManifests, COREDNS_DEPLOYMENT_PATH } from "./coredns";
import type { ImageEntry } from "./image-table";
import { startNodeAgent } from "./node-agent";
import { buildNodeRbacManifests } from "./node-rbac";

export interface ClusterSpec {
  readonly site: Site;
  /** Folder for keys, data and volumes, on a tmpfs. */
  readonly dir: string;
  readonly bin: string;
  readonly nodeAgent: string;
  readonly images: readonly ImageEntry[];
  readonly logs: string;
  /** Told what the start waits for. */
  readonly reportWait?: (what: string) => void;
}

/** A cluster of one node, with its own control plane, service network and DNS. */
export interface Cluster extends Omit<ControlPlane, "stop" | "children"> {
  readonly site: Site;
  /** Resolves with what happened when a component ends: none should before the lab does. */
  readonly crashed: Promise<string>;
}

/**
 * Starts a cluster in its site's network namespace; done when its node takes pods and its DNS answers. There is
 * no way to stop it: it ends with the lab's namespaces.
 */
export async function startCluster(spec: ClusterSpec): Promise<Cluster> {
  const { site, bin, logs, dir, reportWait: waiting = () => undefined } = spec;
  waiting("API server");
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
    ...controlPlane.children,
    startControllerManager(component),
    startScheduler(component),
  ];
  const { nodeAgent: command, images } = spec;
  waiting("node to be ready");
  for (const manifest of buildNodeRbacManifests()) await client.apply(manifest);
  children.push(startNodeAgent({ site, controlPlane, command, images, dir, logs }));
  await until(`node ${site.nodeName} ready`, () => nodeReady(client, site.nodeName), {
    alive: children,
  });

  // Before the first pod: a connection to a Service without rules would not come back to life with them.
  waiting("kube-proxy");
  children.push(startKubeProxy(component));
  await until(`kube-proxy of ${site.name} ready`, () => answers(getKubeProxyHealthUrl(site)), {
    alive: children,
  });
  waiting("cluster DNS");
  for (const manifest of buildCoreDnsManifests(site.clusterDNS, CLUSTER_DOMAIN)) await client.apply(manifest);
  await until(`DNS of ${site.name} ready`, () => dnsReady(client), { alive: children });
  return {
    ...controlPlane,
    site,
    crashed: Promise.race(children.map(async (child) => child.describe(await child.ended))),
  };
}

interface Conditions {
  readonly status?: { readonly conditions?: { readonly type: string; readonly status: string }[] };
}

const nodeReady = async (client: ControlPlane["client"], name: string) =>
  holds(await client.getJson<Conditions>(`/api/v1/nodes/${name}`), "Ready");

const dnsReady = async (client: ControlPlane["client"]) =>
  holds(await client.getJson<Conditions>(COREDNS_DEPLOYMENT_PATH), "Available");

const answers = async (url: string) => (await fetch(url)).ok || undefined;

function holds(object: Conditions, type: string): true | undefined {
  const conditions = object.status?.conditions ?? [];
  return conditions.some((c) => c.type === type && c.status === "True") || undefined;
}

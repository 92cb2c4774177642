import { join } from "node:path";

import { CLUSTER_DOMAIN, type Site } from "../network/addresses";
import type { Child } from "../process/child";
import { until } from "../process/until";
import { startControllers, startKubeProxy } from "./components";
import { startControlPlane, type ControlPlane } from "./control-plane";
import { dnsManifest } from "./dns";
import type { ImageEntry } from "./images";
import { kubectl, type KubectlTarget } from "./kubectl";
import { startNodeAgent } from "./node-agent";
import { NODE_ACCESS } from "./node-access";

export interface ClusterSpec {
  readonly site: Site;
  /** Folder for keys, data and volumes, on a tmpfs. */
  readonly dir: string;
  readonly bin: string;
  readonly nodeAgent: string;
  readonly images: readonly ImageEntry[];
  readonly logs: string;
  /** Told what the start waits for. */
  readonly waiting?: (what: string) => void;
}

/** A cluster of one node, with its own control plane, service network and DNS. */
export interface Cluster extends Omit<ControlPlane, "stop" | "children"> {
  readonly site: Site;
  /** Runs kubectl as the administrator and returns what it prints. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  /** Resolves with what happened when a component ends: none should before the lab does. */
  readonly crashed: Promise<string>;
}

/**
 * Starts a cluster in its site's network namespace; done when its node takes pods and its DNS answers. There is
 * no way to stop it: it ends with the lab's namespaces.
 */
export async function startCluster(spec: ClusterSpec): Promise<Cluster> {
  const { site, bin, logs, dir, waiting = () => undefined } = spec;
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
  const target: KubectlTarget = {
    bin,
    kubeconfig: controlPlane.kubeconfig,
    cacheDir: join(dir, "kubectl-cache"),
  };
  const children: Child[] = [...controlPlane.children, ...startControllers(component)];
  waiting("system roles and DNS to be applied");
  const manifest = `${NODE_ACCESS}---\n${dnsManifest(site.clusterDNS, CLUSTER_DOMAIN)}`;
  await kubectl(target, ["apply", "--server-side", "-f", "-"], manifest);

  const { nodeAgent: command, images } = spec;
  children.push(startNodeAgent({ site, controlPlane, command, images, dir, logs }));
  waiting("node to be ready");
  await until(`node ${site.nodeName} ready`, () => nodeReady(client, site.nodeName), {
    alive: children,
  });
  children.push(startKubeProxy(component));
  waiting("cluster DNS");
  await until(`DNS of ${site.name} ready`, () => dnsReady(client), { alive: children });
  return {
    ...controlPlane,
    site,
    kubectl: (args, input) => kubectl(target, args, input),
    crashed: Promise.race(children.map(async (child) => child.describe(await child.ended))),
  };
}

interface Conditions {
  readonly status?: { readonly conditions?: { readonly type: string; readonly status: string }[] };
}

const nodeReady = async (client: ControlPlane["client"], name: string) =>
  holds(await client.getJson<Conditions>(`/api/v1/nodes/${name}`), "Ready");

const dnsReady = async (client: ControlPlane["client"]) =>
  holds(
    await client.getJson<Conditions>("/apis/apps/v1/namespaces/kube-system/deployments/coredns"),
    "Available",
  );

function holds(object: Conditions, type: string): true | undefined {
  const conditions = object.status?.conditions ?? [];
  return conditions.some((c) => c.type === type && c.status === "True") || undefined;
}

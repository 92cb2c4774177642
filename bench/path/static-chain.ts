import { HTTPBIN, HTTPBIN_POD_PORT } from "../../components/samples/names";
import { type Kubectl, getObject, requireOutput } from "../../checks/toolkit/kubectl";
import { runCommand } from "../../lab/process/run-command";
import { until } from "../../lab/process/until";
import type { RunningLab } from "../in-lab";
import { readCredential } from "./credentials";
import { type ContainerTemplate, countPods, findInPods, readContainer } from "./pods";
import { type ProxyName, type ProxyPids, selectProxies } from "./proxies";
import { finishRollout } from "./rollout";
import {
  buildNamespace,
  buildStaticPods,
  credentialFiles,
  serviceName,
  STATIC_NAMESPACE,
} from "./static-pods";
import type { StaticProxy } from "./static-proxy";

/** The chain of static Envoys in front of an httpbin of its own. */
export interface StaticChain {
  readonly pids: ProxyPids;
  /** Where requests enter the chain, and from where they are sent. */
  readonly entry: Endpoint;
  /** The httpbin behind the chain. */
  readonly httpbin: Endpoint;
  readonly stop: () => Promise<void>;
}

interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly netns: string;
}

/** TCP ports of the proxies. */
export const STATIC_PORTS: Readonly<Record<ProxyName, number>> = {
  "client sidecar": 18_001,
  "egress gateway": 18_002,
  "ingress gateway": 18_003,
  "server sidecar": 18_004,
};
const LOCAL = "127.0.0.1";

/**
 * Starts Envoys with files instead of a control plane: as many pods as the program's proxies have, of the same image, with the same
 * resources, on the same nodes. All hops between them use HTTP/2 and the mutual TLS of the two gateways' certificates.
 */
export async function startStaticChain(running: RunningLab): Promise<StaticChain> {
  const { server, client } = running.meshes;
  const stop = async () => {
    for (const { kubectl } of [server, client]) await deleteNamespace(kubectl);
  };
  return running.steps.run("start the static chain", async () => {
    try {
      const namespace = JSON.stringify(
        buildNamespace({
          server: await readCredential(server.kubectl, server.ingressGateway),
          client: await readCredential(client.kubectl, client.egressGateway),
        }),
      );
      for (const { kubectl } of [server, client])
        await requireOutput(kubectl, ["apply", "-f", "-"], { stdin: namespace });
      const pids = await startProxies(running);
      const entry = endpoint(STATIC_PORTS["client sidecar"], pids["client sidecar"]);
      await until("an answer through the static chain", () => answers(entry));
      return { pids, entry, httpbin: endpoint(HTTPBIN_POD_PORT, pids["server sidecar"]), stop };
    } catch (error) {
      await stop();
      throw error;
    }
  });
}

/** Starts the proxies from the application to the caller, because each connects to the next. */
async function startProxies({ meshes }: RunningLab): Promise<ProxyPids> {
  const deployed = selectProxies(meshes);
  const tls = { client: credentialFiles("client"), host: meshes.hosts[0] };
  const start = async (
    proxy: ProxyName,
    config: Omit<StaticProxy, "name" | "port">,
    more: { readonly service?: "LoadBalancer"; readonly application?: ContainerTemplate } = {},
  ) => {
    const name = deploymentName(proxy);
    const { kubectl } = deployed[proxy];
    const { image, resources } = await readContainer(deployed[proxy], "istio-proxy");
    const objects = buildStaticPods({
      name,
      replicas: await countPods(deployed[proxy]),
      container: { image, resources },
      proxy: { name, port: STATIC_PORTS[proxy], ...config },
      ...more,
    });
    await requireOutput(kubectl, ["apply", "-f", "-"], { stdin: JSON.stringify(objects) });
    const inNamespace = { kubectl, namespace: STATIC_NAMESPACE };
    await finishRollout({ ...inNamespace, name });
    return findInPods({ ...inNamespace, selector: `app=${name}` }, "envoy");
  };
  const upstreamOf = (proxy: ProxyName, address = serviceName(deploymentName(proxy))) => ({
    upstream: { address, port: STATIC_PORTS[proxy], tls },
  });
  const server = credentialFiles("server");

  const application = await readContainer(deployed["server sidecar"], HTTPBIN);
  const last = await start(
    "server sidecar",
    { server, upstream: { address: LOCAL, port: HTTPBIN_POD_PORT } },
    { application },
  );
  const ingress = await start(
    "ingress gateway",
    { server, ...upstreamOf("server sidecar") },
    { service: "LoadBalancer" },
  );
  const address = await until("an address of the static ingress gateway", () =>
    readAddress(meshes.server.kubectl, deploymentName("ingress gateway")),
  );
  const egress = await start("egress gateway", {
    server,
    ...upstreamOf("ingress gateway", address),
  });
  const first = await start("client sidecar", upstreamOf("egress gateway"));
  return {
    "client sidecar": first,
    "egress gateway": egress,
    "ingress gateway": ingress,
    "server sidecar": last,
  };
}

const deploymentName = (proxy: ProxyName) => proxy.replace(" ", "-");

const endpoint = (port: number, [pid]: readonly [number, ...number[]]): Endpoint => ({
  address: LOCAL,
  port,
  netns: `/proc/${pid}/ns/net`,
});

async function deleteNamespace(kubectl: Kubectl): Promise<void> {
  const args = ["delete", "namespace", STATIC_NAMESPACE, "--ignore-not-found"];
  await requireOutput(kubectl, args, { timeoutMs: 120_000 });
}

async function readAddress(kubectl: Kubectl, service: string): Promise<string | undefined> {
  const { status } = await getObject<{
    readonly status: {
      readonly loadBalancer: { readonly ingress?: readonly { readonly ip: string }[] };
    };
  }>(kubectl, ["service", "-n", STATIC_NAMESPACE, service]);
  return status.loadBalancer.ingress?.[0]?.ip;
}

async function answers({ address, port, netns }: Endpoint): Promise<true> {
  const url = `http://${address}:${port}/status/200`;
  await runCommand("nsenter", [`--net=${netns}`, "--", "curl", "-sSf", "--max-time", "2", url]);
  return true;
}

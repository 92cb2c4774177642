import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { HTTPBIN_IDLE_TIMEOUT } from "../../components/samples/names";
import { SITES, type SiteName } from "../../lab/network/address-plan";
import { Child } from "../../lab/process/child";
import { runCommand } from "../../lab/process/run-command";
import { until } from "../../lab/process/until";
import type { RunningLab } from "../in-lab";
import { writeGatewayCredentials } from "./credentials";
import type { ProxyPids } from "./proxies";
import { buildStaticProxy, type StaticProxy } from "./static-proxy";

/** The chain of static Envoys in front of an httpbin of its own. */
export interface StaticChain {
  readonly pids: ProxyPids;
  /** Where requests enter the chain, and from where they are sent. */
  readonly entry: { readonly address: string; readonly port: number; readonly netns: string };
  /** The httpbin behind the chain. */
  readonly httpbin: { readonly address: string; readonly port: number; readonly netns: string };
  readonly stop: () => Promise<void>;
}

const PORTS = { sidecar: 18_001, egress: 18_002, ingress: 18_003, server: 18_004, httpbin: 18_080 };
/** Number of worker threads. Istio's proxies have as many, because their limit is two processors. */
export const WORKERS = 2;
export const MAX_BODY_BYTES = 16 * 2 ** 20;

/**
 * Starts four Envoys with files instead of a control plane, in the nodes' networks: the two of the client on its node, the two of
 * the server on the other. All hops between them use HTTP/2 and the mutual TLS of the two gateways' certificates.
 */
export async function startStaticChain(running: RunningLab): Promise<StaticChain> {
  const { lab, meshes, folder, envoy } = running;
  const { server, client } = await writeGatewayCredentials(meshes, folder);
  const tls = { client, host: meshes.hosts[0] };
  const local = "127.0.0.1";
  const start = (site: SiteName, name: string, command: string, args: readonly string[]) =>
    new Child({
      name,
      command,
      args,
      log: join(lab.runFolder, `bench-${name}.log`),
      netns: SITES[site].netns,
    });
  const startProxy = (site: SiteName, proxy: StaticProxy) => {
    const file = join(folder, `${proxy.name}.json`);
    writeFileSync(file, JSON.stringify(buildStaticProxy(proxy)));
    const options = ["--disable-hot-restart", "--log-level", "warn"];
    const args = ["-c", file, "--concurrency", String(WORKERS), ...options];
    return start(site, proxy.name, envoy, args);
  };
  const httpbin = start("server", "httpbin", join(lab.tools.bin, "go-httpbin"), [
    ...["-host", "0.0.0.0", "-port", String(PORTS.httpbin)],
    ...["-max-body-size", String(MAX_BODY_BYTES)],
    ...["-srv-read-timeout", HTTPBIN_IDLE_TIMEOUT],
  ]);
  const proxies = {
    "client sidecar": startProxy("client", {
      name: "static-client-sidecar",
      port: PORTS.sidecar,
      upstream: { address: local, port: PORTS.egress, tls },
    }),
    "egress gateway": startProxy("client", {
      name: "static-egress-gateway",
      port: PORTS.egress,
      server,
      upstream: { address: SITES.server.public.node, port: PORTS.ingress, tls },
    }),
    "ingress gateway": startProxy("server", {
      name: "static-ingress-gateway",
      port: PORTS.ingress,
      server,
      upstream: { address: local, port: PORTS.server, tls },
    }),
    "server sidecar": startProxy("server", {
      name: "static-server-sidecar",
      port: PORTS.server,
      server,
      upstream: { address: local, port: PORTS.httpbin },
    }),
  };
  const children = [httpbin, ...Object.values(proxies)];
  const entry = { address: local, port: PORTS.sidecar, netns: SITES.client.netns };
  await until("an answer through the static chain", () => answers(entry), { alive: children });
  return {
    pids: {
      "client sidecar": [proxies["client sidecar"].pid],
      "egress gateway": [proxies["egress gateway"].pid],
      "ingress gateway": [proxies["ingress gateway"].pid],
      "server sidecar": [proxies["server sidecar"].pid],
    },
    entry,
    httpbin: { address: local, port: PORTS.httpbin, netns: SITES.server.netns },
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}

async function answers({ address, port, netns }: StaticChain["entry"]): Promise<true> {
  const url = `http://${address}:${port}/status/200`;
  await runCommand("nsenter", [`--net=${netns}`, "--", "curl", "-sSf", "--max-time", "2", url]);
  return true;
}

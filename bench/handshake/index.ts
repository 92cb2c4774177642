import { join } from "node:path";

import { SITES } from "../../lab/network/address-plan";
import { until } from "../../lab/process/until";
import { openRunningLab, type RunningLab } from "../in-lab";
import { attack } from "../load/vegeta";
import type { Options } from "../options";
import { writeGatewayCredentials } from "../path/credentials";
import { findDeployedProxies } from "../path/proxies";
import type { CredentialFiles } from "../path/static-proxy";
import { readProcessorMs } from "../processes";
import { measureInTurns } from "../repeat";
import type { Result } from "../result";
import { startBareServer } from "./bare-server";
import { BENCH_HOST, CHAIN_KINDS, makeChain } from "./chains";
import { describeHandshakes, GATEWAY, type HandshakeSample } from "./tables";

const CONNECTIONS = 8;

interface TlsServer {
  readonly name: string;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly pids: readonly number[];
  readonly client: CredentialFiles;
  /** Status of an answer that the server gives without another server. */
  readonly status: string;
  /** Further flags of the load tool. */
  readonly flags: readonly string[];
}

/** Measures mutual TLS handshakes at the ingress gateway, and at an Envoy that does nothing else, in turns. */
export async function run({ repeats, seconds }: Options): Promise<Result> {
  const running = await openRunningLab();
  const { meshes, folder } = running;
  const chains = await running.steps.run("make certificates", () =>
    Promise.all(CHAIN_KINDS.map((kind, index) => makeChain(kind, join(folder, `chain-${index}`)))),
  );
  const bare = startBareServer(running, chains);
  try {
    const gateway: TlsServer = {
      name: GATEWAY,
      host: meshes.hosts[0],
      ...meshes.ingress,
      pids: (await findDeployedProxies(meshes))["ingress gateway"],
      client: (await writeGatewayCredentials(meshes, folder)).client,
      // The gateway refuses this host itself.
      status: "403",
      flags: ["-header=Host: unknown.example"],
    };
    const others = CHAIN_KINDS.map(({ name }, index): TlsServer => {
      const [port, chain] = [bare.ports[index], chains[index]];
      if (port === undefined || chain === undefined) throw new Error(`no chain for ${name}`);
      return {
        name,
        host: BENCH_HOST,
        address: SITES.server.public.node,
        port,
        pids: [bare.pid],
        client: chain.client,
        status: "200",
        flags: [],
      };
    });
    const variants = [gateway, ...others].flatMap((server) => [
      { name: server.name, measure: () => shake(running, server, seconds, []) },
      {
        name: `${server.name}, resumed`,
        measure: () => shake(running, server, seconds, ["-session-tickets"]),
      },
    ]);
    for (const { name, measure } of variants) {
      await until(`handshakes at ${name}`, async () => (await measure()).failed === 0 || undefined);
    }
    return describeHandshakes(await measureInTurns("handshakes", variants, repeats, running.steps));
  } finally {
    await bare.stop();
  }
}

/** Sends each request on a new connection. */
async function shake(
  { vegeta, folder }: RunningLab,
  { host, address, port, pids, client, status, flags }: TlsServer,
  seconds: number,
  further: readonly string[],
): Promise<HandshakeSample> {
  const read = () => pids.reduce((sum, pid) => sum + readProcessorMs(pid), 0);
  const before = read();
  const outcome = await attack(
    vegeta,
    folder,
    {
      url: `https://${host}:${port}/`,
      connectTo: `${host}:${port}:${address}:${port}`,
      seconds,
      load: { connections: CONNECTIONS },
      netns: SITES.client.netns,
      flags: [
        ...["-keepalive=false", "-http2=false", `-root-certs=${client.trustAnchor}`],
        ...[`-cert=${client.chain}`, `-key=${client.key}`, ...flags, ...further],
      ],
    },
    status,
  );
  return { ...outcome, processorMs: (read() - before) / outcome.requests };
}

import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { SITES } from "../../lab/network/address-plan";
import { Child } from "../../lab/process/child";
import type { RunningLab } from "../in-lab";
import { WORKERS } from "../path/static-pods";
import { downstreamTls, httpManager } from "../path/static-proxy";
import type { Chain } from "./chains";

const FIRST_PORT = 19_000;

/** An Envoy that answers every request itself: what TLS costs with the library of the gateways, and little else. */
export interface BareServer {
  readonly pid: number;
  /** Port of each chain, in their order. */
  readonly ports: readonly number[];
  readonly stop: () => Promise<void>;
}

/** Starts it on the server's node, with a listener for each chain. */
export function startBareServer(
  { lab, envoy, folder }: RunningLab,
  chains: readonly Chain[],
): BareServer {
  const ports = chains.map((_, index) => FIRST_PORT + index);
  const file = join(folder, "bare-server.json");
  writeFileSync(file, JSON.stringify(buildBareServer(chains, ports)));
  const child = new Child({
    name: "bare-server",
    command: envoy,
    args: ["-c", file, "--concurrency", String(WORKERS), "--disable-hot-restart"],
    log: join(lab.runFolder, "bench-bare-server.log"),
    netns: SITES.server.netns,
  });
  return { pid: child.pid, ports, stop: () => child.stop() };
}

/** The configuration of a {@link BareServer}. */
export function buildBareServer(chains: readonly Chain[], ports: readonly number[]): object {
  return {
    static_resources: {
      listeners: chains.map(({ server, revocationLists }, index) => ({
        name: `chain-${index}`,
        address: { socket_address: { address: "0.0.0.0", port_value: ports[index] } },
        filter_chains: [
          {
            filters: [httpManager(`chain-${index}`, { status: 200 })],
            transport_socket: downstreamTls(server, revocationLists),
          },
        ],
      })),
    },
  };
}

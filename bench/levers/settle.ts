import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

import { until } from "../../lab/process/until";
import { fetchFrom } from "../fetch-from";
import { PROXIES, type ProxyPids } from "../path/proxies";

const QUIET_MS = 1000;

/** Reads the configuration that istiod sent to a proxy, from Envoy's administration interface. */
export function readConfigDump(pid: number): Promise<string> {
  return fetchFrom(pid, "http://127.0.0.1:15000/config_dump");
}

/** A digest of the configuration of all proxies, which changes when istiod sends another one. */
async function digestOf(pids: ProxyPids): Promise<string> {
  const hash = createHash("sha256");
  for (const pid of PROXIES.flatMap((name) => pids[name])) {
    // Envoy writes what it has in another order each time.
    const lines = (await readConfigDump(pid)).split("\n").map((line) => line.replace(/,$/, ""));
    hash.update(lines.sort().join("\n"));
  }
  return hash.digest("hex");
}

/** Makes a change, and waits until the proxies have it and no other change has followed. */
export async function changeAndSettle(pids: ProxyPids, change: () => Promise<void>): Promise<void> {
  const before = await digestOf(pids);
  await change();
  await until("a change of the proxies' configuration", async () =>
    (await digestOf(pids)) === before ? undefined : true,
  );
  await until("the proxies' configuration to stay the same", async () => {
    const first = await digestOf(pids);
    await delay(QUIET_MS);
    return first === (await digestOf(pids)) || undefined;
  });
}

import { runCommand } from "../../lab/process/run-command";
import type { RunningLab } from "../in-lab";
import { measureWay, type Way } from "./measure";
import { PROXIES } from "./proxies";
import { SMALL_ANSWER } from "./ways";

/** Long enough that each proxy connects to all pods of the next one. */
const WARM_UP = { load: { connections: 32 }, seconds: 0.5 } as const;

/**
 * Makes the proxies of a way connect to each other again. The few connections of HTTP/2 reach some pods and worker threads by chance, and
 * all repeats would have the same chance: the more threads share the requests, the more processor time each request takes.
 */
export async function reconnect(running: RunningLab, way: Way): Promise<void> {
  const { pids, proxyPorts = [] } = way;
  const filter = proxyPorts.map((port) => `dport = :${port}`).join(" or ");
  const connecting = PROXIES.slice(0, -1).flatMap((name) => pids?.[name] ?? []);
  for (const pid of connecting) {
    // The kernel needs CONFIG_INET_DIAG_DESTROY, which Debian's has. Without it, connections stay, and the figures vary more.
    const close = ["ss", "--kill", "--tcp", "state", "established", `( ${filter} )`];
    await runCommand("nsenter", [`--net=/proc/${pid}/ns/net`, "--", ...close]);
  }
  await measureWay(running, way, SMALL_ANSWER, WARM_UP.load, WARM_UP.seconds);
}

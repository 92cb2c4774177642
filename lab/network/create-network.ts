import { runCommand } from "../process/run-command";
import { SITES, type Site } from "./address-plan";
import { buildNodeLinks, buildNodeRules, buildRouterLinks, buildRouterRules } from "./routing";

const SYSCTLS = [
  "net.ipv4.ip_forward=1",
  // A response may take another route than its request, because pods and the outside both reach node addresses.
  "net.ipv4.conf.all.rp_filter=0",
  "net.ipv4.conf.default.rp_filter=0",
  "net.ipv6.conf.all.disable_ipv6=1",
  "net.ipv6.conf.default.disable_ipv6=1",
];

/**
 * Creates the internet and the nodes' network namespaces in the current network namespace. That must be the lab's own,
 * with a private /run: everything disappears with that namespace.
 */
export async function createNetwork(sites: readonly Site[] = Object.values(SITES)): Promise<void> {
  await Promise.all(sites.map((site) => runCommand("ip", ["netns", "add", site.nodeName])));
  await Promise.all([runIpBatch([], buildRouterLinks(sites)), setSysctls([])]);
  await Promise.all([
    runCommand("iptables-restore", [], { input: buildRouterRules(sites) }),
    ...sites.map(async (site) => {
      const enter = ["nsenter", `--net=${site.netns}`, "--"];
      await Promise.all([
        setSysctls(enter).then(() => runIpBatch(enter, buildNodeLinks(site))),
        runIn(enter, "iptables-restore", ["--noflush"], buildNodeRules(site)),
      ]);
    }),
  ]);
}

const runIpBatch = (enter: readonly string[], lines: readonly string[]) =>
  runIn(enter, "ip", ["-batch", "-"], lines.join("\n") + "\n");

/** Ignores settings that the kernel lacks: without IPv6, there is nothing to disable. */
const setSysctls = (enter: readonly string[]) =>
  runIn(enter, "sysctl", ["-q", "-e", "-w", ...SYSCTLS]);

async function runIn(enter: readonly string[], name: string, args: string[], input?: string) {
  const [first, ...rest] = [...enter, name, ...args];
  await runCommand(first ?? name, rest, input === undefined ? {} : { input });
}

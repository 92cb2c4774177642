import { runCommand } from "../process/run-command";
import { SITES, type Site } from "./address-plan";
import { buildNodeLinks, buildNodeRules, buildRouterLinks, buildRouterRules } from "./routing";

const SYSCTLS = [
  "net.ipv4.ip_forward=1",
  // A reply may take another way than the request: node addresses are reached from pods and from outside.
  "net.ipv4.conf.all.rp_filter=0",
  "net.ipv4.conf.default.rp_filter=0",
  "net.ipv6.conf.all.disable_ipv6=1",
  "net.ipv6.conf.default.disable_ipv6=1",
];

/**
 * Makes the internet and the nodes' network namespaces, in the network namespace that it runs in. That must be
 * one of the lab's own, with a private /run: all of it goes with that namespace.
 */
export async function createNetwork(sites: readonly Site[] = Object.values(SITES)): Promise<void> {
  await Promise.all(sites.map((site) => runCommand("ip", ["netns", "add", site.nodeName])));
  await Promise.all([ipBatch([], buildRouterLinks(sites)), sysctl([])]);
  await Promise.all([
    runCommand("iptables-restore", [], { input: buildRouterRules(sites) }),
    ...sites.map(async (site) => {
      const enter = ["nsenter", `--net=${site.netns}`, "--"];
      await Promise.all([
        sysctl(enter).then(() => ipBatch(enter, buildNodeLinks(site))),
        command(enter, "iptables-restore", ["--noflush"], buildNodeRules(site)),
      ]);
    }),
  ]);
}

const ipBatch = (enter: readonly string[], lines: readonly string[]) =>
  command(enter, "ip", ["-batch", "-"], lines.join("\n") + "\n");

const sysctl = (enter: readonly string[]) => command(enter, "sysctl", ["-q", "-w", ...SYSCTLS]);

async function command(enter: readonly string[], name: string, args: string[], input?: string) {
  const [first, ...rest] = [...enter, name, ...args];
  await runCommand(first ?? name, rest, input === undefined ? {} : { input });
}

import type { ManInTheMiddle } from "../../checks/meshes";
import { runCommand } from "../process/run-command";
import { SITES } from "./address-plan";

const { client, server } = SITES;
const FROM_CLIENT = ["-i", client.public.routerDevice, "-p", "tcp"];

/**
 * Turns the lab's internet against the client: its router redirects connections to the server to a server of the
 * lab. Open connections lose their peer, so the gateways open new ones.
 */
export const manInTheMiddle: ManInTheMiddle = {
  listenAddress: client.public.router,
  intercept: async (port) => {
    const rules = [
      [
        ...["nat", "PREROUTING", ...FROM_CLIENT, "-d", server.public.cidr],
        ...["-j", "DNAT", "--to-destination", `${client.public.router}:${port}`],
      ],
      ["filter", "INPUT", ...FROM_CLIENT, "--dport", String(port), "-j", "ACCEPT"],
    ];
    const change = async (how: "-I" | "-D") => {
      for (const [table = "", ...rule] of rules) {
        await runCommand("iptables", ["-w", "-t", table, how, ...rule]);
      }
    };
    await change("-I");
    return () => change("-D");
  },
};

import type { ManInTheMiddle } from "../../checks/meshes";
import { runCommand } from "../process/run-command";
import { SITES } from "./address-plan";

const { client, server } = SITES;
const FROM_CLIENT = ["-i", client.public.routerDevice, "-p", "tcp"];

/**
 * The lab's internet turns against the client: its router sends what is meant for the server to a server of the
 * lab's own. Connections that are open lose their peer, and so are made anew.
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

import { runCommand } from "../process/run-command";
import { SITES } from "./address-plan";

/** Ends an outage. */
export type EndOutage = () => Promise<void>;

const { server } = SITES;

/** Drops all packets between the sites, as a broken link does. */
export const cutNetwork = () =>
  drop([
    ["-o", server.public.routerDevice],
    ["-i", server.public.routerDevice],
  ]);

/** Drops all packets to and from one address of the server, as when its load balancer or its region fails. */
export const cutAddress = (address: string) =>
  drop([
    ["-d", address],
    ["-s", address],
  ]);

/** Drops all packets to an address, as if nobody had it any more. */
export const dropPacketsTo = (address: string) => drop([["-d", address]]);

/** Drops the packets of connections to the server, by their ports at the client. Routers do that with what they forgot. */
export const forgetConnections = (ports: readonly number[]) =>
  drop(
    ports.flatMap((port) => [
      ["-o", server.public.routerDevice, "-p", "tcp", "--sport", String(port)],
      ["-i", server.public.routerDevice, "-p", "tcp", "--dport", String(port)],
    ]),
  );

/** The lab's processes share the network namespace of the router between the sites. */
async function drop(packets: readonly (readonly string[])[]): Promise<EndOutage> {
  const change = async (how: "-I" | "-D") => {
    for (const match of packets) {
      await runCommand("iptables", ["-w", how, "FORWARD", ...match, "-j", "DROP"]);
    }
  };
  await change("-I");
  return () => change("-D");
}

import type { ServerEndpoint } from "../components/mtls/server-endpoint";
import type { ClientConfig } from "../config";
import type { Server } from "./contract";

/** Where the egress gateway connects: the addresses of the configuration, or those of the server's stack. */
export function serverEndpoint(
  { serverAddresses }: Pick<ClientConfig, "serverAddresses">,
  server: Pick<Server, "ingressAddress" | "otherAddresses" | "ingressPort">,
  hosts: readonly string[],
): ServerEndpoint {
  const [first, ...others] = serverAddresses.map((each) => ({
    ...each,
    port: each.port ?? server.ingressPort,
  }));
  if (first) return { ...first, hosts, ...(others.length > 0 && { alternatives: others }) };
  const alternatives = server.otherAddresses.map((address) => ({
    address,
    port: server.ingressPort,
  }));
  return {
    address: server.ingressAddress,
    port: server.ingressPort,
    hosts,
    ...(alternatives.length > 0 && { alternatives }),
  };
}

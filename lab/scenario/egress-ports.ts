import type { Meshes } from "../../checks/meshes";
import { requireOutput } from "../../checks/toolkit/kubectl";
import { PROXY_CONTAINER } from "../../checks/toolkit/pods/container";

const ESTABLISHED = "01";

/** The local ports of the egress gateways' open connections to an address of the server. The node keeps them when it translates addresses. */
export async function listEgressPorts(
  { client, ingress }: Meshes,
  ingressAddress: string,
): Promise<readonly number[]> {
  const { namespace, selector } = client.egressGateway;
  const pods = ["pods", "-n", namespace, "-l", selector, "-o", "name"];
  const names = (await requireOutput(client.kubectl, ["get", ...pods])).trim().split("\n");
  const tables = await Promise.all(
    names.map((pod) =>
      requireOutput(client.kubectl, [
        ...["exec", "-n", namespace, pod, "-c", PROXY_CONTAINER, "--", "cat", "/proc/net/tcp"],
      ]),
    ),
  );
  const address = ingressAddress.split(".").reverse().map(toHex).join("");
  const remote = `${address}:${ingress.port.toString(16).toUpperCase().padStart(4, "0")}`;
  return tables
    .flatMap((table) => table.split("\n").map((line) => line.trim().split(/\s+/)))
    .filter(([, , to, state]) => to === remote && state === ESTABLISHED)
    .map(([, local = ""]) => Number.parseInt(local.split(":")[1] ?? "", 16));
}

const toHex = (byte: string) => Number(byte).toString(16).toUpperCase().padStart(2, "0");

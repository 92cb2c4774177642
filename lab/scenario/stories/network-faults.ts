import { setTimeout as delay } from "node:timers/promises";

import type { Meshes } from "../../../checks/meshes";
import { requireOutput } from "../../../checks/toolkit/kubectl";
import { cutNetwork, type EndOutage, forgetConnections } from "../../network/outage";
import type { Stage, Story } from "../story";
import { type Fault, tryFaults } from "./trials";

const NETWORK_FAULTS: readonly Fault[] = [
  ...[5, 90].map((seconds) =>
    breakNetwork(`the network between the meshes is cut for ${seconds} s`, cutNetwork, () =>
      delay(seconds * 1000),
    ),
  ),
  breakNetwork(
    "a router forgets the connections between the meshes",
    async (meshes) => forgetConnections(await listPorts(meshes)),
    ({ load }) => load.untilSteady(),
  ),
];

/** The network between the meshes fails. */
export const networkFaults: Story = {
  trials: true,
  tell: (stage) => tryFaults(stage, NETWORK_FAULTS),
};

/** An outage that ends after `last`. */
function breakNetwork(
  name: string,
  begin: (meshes: Meshes) => Promise<EndOutage>,
  last: (stage: Stage) => Promise<unknown>,
): Fault {
  let end: EndOutage | undefined;
  return {
    name,
    inject: async ({ meshes }) => {
      end = await begin(meshes);
    },
    repair: async (stage) => {
      await last(stage);
      await end?.();
    },
  };
}

const ESTABLISHED = "01";

/** The local ports of the egress gateways' open connections to the server. The node keeps them when it translates addresses. */
async function listPorts({ client, ingress }: Meshes): Promise<readonly number[]> {
  const { namespace, selector } = client.egressGateway;
  const pods = ["pods", "-n", namespace, "-l", selector, "-o", "name"];
  const names = (await requireOutput(client.kubectl, ["get", ...pods])).trim().split("\n");
  const tables = await Promise.all(
    names.map((pod) =>
      requireOutput(client.kubectl, [
        ...["exec", "-n", namespace, pod, "-c", "istio-proxy", "--", "cat", "/proc/net/tcp"],
      ]),
    ),
  );
  const address = ingress.address.split(".").reverse().map(toHex).join("");
  const remote = `${address}:${ingress.port.toString(16).toUpperCase().padStart(4, "0")}`;
  return tables
    .flatMap((table) => table.split("\n").map((line) => line.trim().split(/\s+/)))
    .filter(([, , to, state]) => to === remote && state === ESTABLISHED)
    .map(([, local = ""]) => Number.parseInt(local.split(":")[1] ?? "", 16));
}

const toHex = (byte: string) => Number(byte).toString(16).toUpperCase().padStart(2, "0");

import { setTimeout as delay } from "node:timers/promises";

import type { Meshes } from "../../../checks/meshes";
import { cutNetwork, type EndOutage, forgetConnections } from "../../network/outage";
import { listEgressPorts } from "../egress-ports";
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
    async (meshes) => forgetConnections(await listEgressPorts(meshes, meshes.ingress.address)),
    ({ load }) => load.untilSteady(),
  ),
];

/** The network between the meshes fails. */
export const networkFaults: Story = {
  keepsMeshes: true,
  requestsMayFail: true,
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

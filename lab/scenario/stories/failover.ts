import { cutAddress } from "../../network/outage";
import type { Story } from "../story";

const TRIALS = 5;

/** One of the two addresses of the ingress gateway cannot be reached. Requests go to the other one. */
export const failover: Story = {
  keepsMeshes: true,
  requestsMayFail: true,
  async tell({ stacks: { server }, load }) {
    const { ingressAddresses } = await server.outputs();
    const [first = "", ...others] = ingressAddresses?.value as string[];
    if (others.length === 0)
      throw new Error("The ingress gateway must have two addresses (got one)");
    for (let trial = 0; trial < TRIALS; trial++) {
      load.begin("one of two addresses is cut");
      const end = await cutAddress(first);
      await load.untilSteady();
      load.begin("both addresses");
      await end();
      await load.untilSteady();
    }
  },
};

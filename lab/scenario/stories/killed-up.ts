import type * as auto from "@pulumi/pulumi/automation";

import type { Cluster } from "../../../checks/meshes";
import { setConfig } from "../../program/stack";
import { requireNoChanges, type Stacks } from "../stacks";
import type { Story } from "../story";
import { complete, interrupt } from "./interrupt";

const TRIALS = 20;
/** An `up` that replaces a gateway's pod takes about this long. */
const UP_MS = 8_000;

/** `pulumi up` with changes is killed at random moments. The next one must complete them. */
export const killedUp: Story = {
  async tell({ stacks, meshes, load }) {
    for (let trial = 1; trial <= TRIALS; trial += 1) {
      const end = trial % 2 === 0 ? "server" : "client";
      load.begin(`${trial}. up of ${end}`);
      await changeSettings(stacks[end], trial);
      const killed = await interrupt(stacks[end], "up", stacks.context, {
        signal: "SIGKILL",
        afterMs: Math.random() * UP_MS,
      });
      // An up that was quicker is not interrupted.
      load.note("interrupted", killed);
      const killedAt = Date.now();
      load.note("Helm repairs", await converge(stacks[end], stacks, meshes[end]));
      load.note("complete after ms", Date.now() - killedAt);
    }
  },
};

/** Gives the next `up` a certificate to replace, a Secret to update and a Helm release to roll out. */
async function changeSettings(stack: auto.Stack, trial: number): Promise<void> {
  const { gateway, ...values } = JSON.parse((await stack.getConfig("istioValues")).value) as {
    readonly gateway: object;
  };
  await setConfig(stack, {
    certificates: { leafHours: 1000 + trial },
    istioValues: { ...values, gateway: { ...gateway, podAnnotations: { trial: String(trial) } } },
  });
}

/**
 * Completes the killed `up`.
 *
 * @returns whether Helm had to be repaired, as a number
 * @throws Error when a preview then finds changes
 */
async function converge(
  stack: auto.Stack,
  { context }: Stacks,
  { kubectl }: Cluster,
): Promise<number> {
  const repairs = await complete(stack, "up", context, kubectl);
  await requireNoChanges(stack, "preview", context);
  return repairs;
}

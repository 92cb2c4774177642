import { setConfig } from "../../program/stack";
import { bringUp } from "../stacks";
import type { Stage, Story } from "../story";
import { waitForSameTrust } from "./same-trust";

/** The root is replaced in three steps, as docs/security.md describes. */
export const rotateRoot: Story = {
  async tell(stage) {
    await step(stage, "trust both", { trustedRoots: [1, 2] });
    await step(stage, "move", { signingRoot: 2 });
    await step(stage, "drop the old one", { trustedRoots: [2] });
  },
};

async function step(
  stage: Stage,
  phase: string,
  settings: Readonly<Record<string, number | readonly number[]>>,
): Promise<void> {
  const { stacks, load } = stage;
  load.begin(phase);
  await setConfig(stacks.server, settings);
  await bringUp(stacks);
  await waitForSameTrust(stage);
}

import { compareTrust } from "../../../checks/suites/certificates/trust-anchors";
import { until } from "../../process/until";
import { setConfig } from "../../program/stack";
import { bringUp } from "../stacks";
import type { Stage, Story } from "../story";

/** The kubelet updates the files of a Secret within two minutes. istiod and the proxies then follow within seconds. */
const FOLLOW_MS = 240_000;

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
  const startedAt = Date.now();
  await until("all proxies to follow", () => requireSameTrust(stage), { deadlineMs: FOLLOW_MS });
  load.note("ms until all proxies follow", Date.now() - startedAt);
  await load.untilSteady();
}

/** @throws Error that lists the proxies that have not followed */
async function requireSameTrust({ meshes }: Stage): Promise<true> {
  const { problems } = await compareTrust(meshes);
  if (problems.length > 0) throw new Error(problems.join("; "));
  return true;
}

import { expect, test } from "vitest";

import { medianOf, withoutCheckpoints } from "../../../../bench/scale/stack-times";
import type { Stacks } from "../../../../lab/scenario/stacks";

test("the median of each figure is its own", () => {
  const times = [
    { seconds: 3, processorSeconds: 1 },
    { seconds: 1, processorSeconds: 5 },
    { seconds: 2, processorSeconds: 9 },
  ];
  expect(medianOf(times)).toEqual({ seconds: 2, processorSeconds: 5 });
});

test("the engine saves the state once while the work runs, and not after it failed", async () => {
  const stack = (envVars: Record<string, string>) => ({ workspace: { envVars } });
  const stacks = { server: stack({ A: "1" }), client: stack({}) };
  const environments = () => [stacks.server.workspace.envVars, stacks.client.workspace.envVars];
  const set = { PULUMI_SKIP_CHECKPOINTS: "true" };
  await expect(
    withoutCheckpoints(stacks as unknown as Stacks, () => {
      expect(environments()).toEqual([{ A: "1", ...set }, set]);
      return Promise.reject(new Error("stop"));
    }),
  ).rejects.toThrow("stop");
  expect(environments()).toEqual([{ A: "1" }, {}]);
});

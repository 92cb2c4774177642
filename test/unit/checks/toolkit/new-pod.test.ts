import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { newPodResult } from "../../../../checks/toolkit/fixtures/new-pod";
import type { Kubectl } from "../../../../checks/toolkit/kubectl";
import { failed, fakeContext, OK } from "../../../support/checks";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A cluster whose new pod logs these texts, one for each time that its log is read. */
function createNewPod(logs: readonly string[]) {
  const calls: string[] = [];
  let reads = 0;
  const run: Kubectl = (args, { stdin = "" } = {}) => {
    calls.push(`${args.join(" ")} ${stdin}`);
    return Promise.resolve({ ...OK, stdout: args[0] === "logs" ? (logs[reads++] ?? "") : "" });
  };
  const result = newPodResult.create(fakeContext(run)).catch((error: unknown) => error);
  return { calls, result };
}

test("the result of a new pod is what curl reports when it ends", async () => {
  const { calls, result } = createNewPod(["", "", failed(28, "time-out", false).stdout]);
  await vi.advanceTimersByTimeAsync(2000);

  expect(await result).toMatchObject({ kind: "failed", exitCode: 28 });
  expect(calls[0]).toMatch(/"sh","-c","\\"\$@\\"; sleep infinity","sh","curl",.*203\.0\.113\.65/);
  expect(calls.at(-1)).toMatch(/^delete .*pod\/checks-new-/);
});

test("a pod whose curl does not end is an error, and is deleted", async () => {
  const { calls, result } = createNewPod([]);
  await vi.advanceTimersByTimeAsync(30_000);

  expect(String(await result)).toMatch(/^Error: curl did not end/);
  expect(calls.at(-1)).toMatch(/^delete .*pod\/checks-new-/);
});

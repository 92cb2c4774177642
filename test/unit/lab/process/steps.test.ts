import { describe, expect, test } from "vitest";

import { Steps } from "../../../../lab/process/steps";
import { until } from "../../../../lab/process/until";

describe("a step", () => {
  function createSteps(isTTY: boolean) {
    let text = "";
    const out = { isTTY, columns: 60, write: (chunk: string) => (text += chunk) !== "" };
    return { steps: new Steps({ out }), output: () => text };
  }

  test("prints a line when it starts and one when it ends, if there is no terminal", async () => {
    const { steps, output } = createSteps(false);

    expect(await steps.run("network", () => Promise.resolve(7))).toBe(7);
    expect(output()).toMatch(/^ {2}… network\n {2}✓ network 0\.\d s\n$/);
    expect(steps.timings).toMatchObject([{ step: "network" }]);
    expect(steps.timings[0]?.startMs).toBeLessThan(1000);
  });

  test("that fails is marked and timed, and its error is thrown", async () => {
    const { steps, output } = createSteps(false);

    await expect(steps.run("x", () => Promise.reject(new Error("broken")))).rejects.toThrow(
      "broken",
    );
    expect(output()).toContain("  ✗ x 0.");
    expect(steps.timings).toHaveLength(1);
  });

  test("shows on a terminal what it waits for, in one line that it erases again", async () => {
    const { steps, output } = createSteps(true);
    await steps.run("cluster", async (step) => {
      step.reportWait("something with a name that is much longer than the line is");
      await until("drawn", () => output().includes("something") || undefined, { everyMs: 20 });
    });

    const lines = output().split("\n");
    expect(
      lines.some((line) => /cluster \d\.\d s: waiting \d\.\d s for something/.test(line)),
    ).toBe(true);
    expect(Math.max(...lines.map((line) => line.replace(/^\x1b\[1A\x1b\[J/, "").length))).toBe(59);
    expect(output().endsWith("\x1b[1A\x1b[J  ✓ cluster " + output().slice(-6))).toBe(true);
  });
});

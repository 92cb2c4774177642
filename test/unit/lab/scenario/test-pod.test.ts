import { describe, expect, test } from "vitest";

import { TestPod } from "../../../../lab/scenario/test-pod";

describe("the test pod", () => {
  const withPod = (metadata: object) =>
    new TestPod(
      { getJson: <T>() => Promise.resolve({ items: [{ metadata, status: {} }] } as T) },
      "shop",
    );
  const now = Date.now();
  const long = new Date(now - 60_000).toISOString();

  test.each([
    ["is new", { creationTimestamp: new Date(now).toISOString() }, true],
    ["is deleted", { creationTimestamp: long, deletionTimestamp: long }, true],
    ["stays", { creationTimestamp: long }, false],
  ])("that %s", async (_, metadata, expected) => {
    expect(await withPod(metadata).wasReplaced(now)).toBe(expected);
  });

  test("that does not run sends nothing", async () => {
    expect(await withPod({ creationTimestamp: long }).run(["true"], 1000)).toBe("");
  });
});

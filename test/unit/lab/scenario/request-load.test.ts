import { describe, expect, test } from "vitest";

import type { Kubectl } from "../../../../checks/toolkit/kubectl";
import { parseOutcomes, renderLoadTable, RequestLoad } from "../../../../lab/scenario/request-load";

describe("the output of curl", () => {
  test("is parsed line by line, without an incomplete last line", () => {
    expect(
      parseOutcomes("200 0.012345 \n503 1.5 \n000 10.0 Connection timed out\n200 0.0"),
    ).toEqual([
      { status: "200", ms: 12, message: "" },
      { status: "503", ms: 1500, message: "" },
      { status: "000", ms: 10000, message: "Connection timed out" },
    ]);
  });
});

describe("the request load", () => {
  /** A load whose n-th exec prints the n-th text. */
  function startLoad(texts: readonly string[]) {
    const remaining = [...texts];
    let finish: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (finish = resolve));
    const kubectl: Kubectl = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const stdout = remaining.shift() ?? "";
      if (remaining.length === 0) finish();
      // A pod that is deleted ends the exec with an error. What curl printed until then counts.
      return { code: 137, stdout, stderr: "terminated" };
    };
    const place = { kubectl, namespace: "shop", pod: "deploy/client", container: "client" };
    return { load: new RequestLoad(place, "http://a.example.com/", "move"), done };
  }

  test("counts every request without status 200 as a failure, with the reason", async () => {
    const { load, done } = startLoad(["200 0.010 \n".repeat(98), "503 0.5 \n000 9.0 reset\n"]);
    await done;
    load.begin("next");

    const [move, next] = await load.stop();
    expect(move).toEqual({
      phase: "move",
      requests: 100,
      failed: 2,
      failures: ["503", "000 reset"],
      p50Ms: 10,
      p99Ms: 500,
      maxMs: 9000,
    });
    expect(next).toMatchObject({ phase: "next", requests: 0, failed: 0, maxMs: 0 });
  });

  test("is shown as a table", () => {
    const figures = { requests: 100, failed: 0, failures: [], p50Ms: 10, p99Ms: 20, maxMs: 30 };
    expect(renderLoadTable([{ phase: "a step", ...figures }])).toBe(
      "       requests   failed   p50 ms   p99 ms   max ms\n" +
        "a step      100        0       10       20       30",
    );
  });
});

import { describe, expect, test } from "vitest";

import type { Kubectl } from "../../../checks/toolkit/kubectl";
import { RequestLoad, renderLoadTable, parseAnswers } from "../../../lab/scenario/request-load";

describe("what curl says of its requests", () => {
  test("is read line by line; a line that was cut off is none", () => {
    expect(parseAnswers("200 0.012345 \n503 1.5 \n000 10.0 Connection timed out\n200 0.0")).toEqual([
      { status: "200", ms: 12, message: "" },
      { status: "503", ms: 1500, message: "" },
      { status: "000", ms: 10000, message: "Connection timed out" },
    ]);
  });
});

describe("the load", () => {
  /** Each exec answers with the next of these texts, as long as there is one. */
  function loaded(texts: readonly string[]) {
    const left = [...texts];
    let all: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (all = resolve));
    const kubectl: Kubectl = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const stdout = left.shift() ?? "";
      if (left.length === 0) all();
      // A pod that goes ends the exec with an error; what it printed counts all the same.
      return { code: 137, stdout, stderr: "terminated" };
    };
    const place = { kubectl, namespace: "shop", pod: "deploy/client", container: "client" };
    return { load: new RequestLoad(place, "http://a.example.com/", "move"), done };
  }

  test("counts every answer but a 200 as a failure, and says what it was", async () => {
    const { load, done } = loaded(["200 0.010 \n".repeat(98), "503 0.5 \n000 9.0 reset\n"]);
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

import { describe, expect, test } from "vitest";

import type { Kubectl } from "../../../../checks/toolkit/kubectl";
import { parseOutcomes, RequestLoad } from "../../../../lab/scenario/request-load";

describe("the output of curl", () => {
  test("is parsed line by line, without an incomplete last line", () => {
    expect(
      parseOutcomes("200 0.012345 \n503 1.5 \n000 10.0 Connection timed out\n200 0.0", 100_000),
    ).toEqual([
      { status: "200", startedAt: 88_400, ms: 12, message: "" },
      { status: "503", startedAt: 88_500, ms: 1500, message: "" },
      { status: "000", startedAt: 90_000, ms: 10000, message: "Connection timed out" },
    ]);
  });

  test("requests start at most ten times a second", () => {
    const starts = parseOutcomes("200 0.01 \n200 0.01 \n200 0.01 \n", 1000).map(
      ({ startedAt }) => startedAt,
    );
    expect(starts).toEqual([790, 890, 990]);
  });
});

describe("the request load", () => {
  /** A load whose n-th exec prints the n-th text; the last one repeats. */
  function startLoad(texts: readonly string[]) {
    const remaining = [...texts];
    const commands: (readonly string[])[] = [];
    const kubectl: Kubectl = async (args) => {
      commands.push(args);
      await new Promise((resolve) => setTimeout(resolve, 5));
      const stdout = (remaining.length > 1 ? remaining.shift() : remaining[0]) ?? "";
      // A pod that is deleted ends the exec with an error. What curl printed until then counts.
      return { code: 137, stdout, stderr: "terminated" };
    };
    const place = { kubectl, namespace: "shop", pod: "deploy/client", container: "client" };
    return { load: new RequestLoad(place, "http://a.example.com/", "move"), commands };
  }

  test("has a stream on kept-alive connections, and one on new connections", async () => {
    const { load, commands } = startLoad(["200 0.010 \n"]);
    await load.stop();
    expect(commands.map((args) => args.includes("Connection: close"))).toEqual([false, true]);
  });

  test("is steady only after a batch of each stream without a failure", async () => {
    const { load } = startLoad([...Array<string>(20).fill("503 0.001 \n"), "200 0.001 \n"]);
    await load.untilSteady();
    const [stats] = await load.stop();
    expect(stats).toMatchObject({ failed: 20 });
    expect(stats?.requests).toBeGreaterThanOrEqual(22);
  });

  test("notes a story's figures in the current phase", async () => {
    const { load } = startLoad(["200 0.001 \n"]);
    load.begin("next");
    load.note("seen after", 12.4);
    expect(await load.stop()).toMatchObject([
      { phase: "move", figures: {} },
      { phase: "next", figures: { "seen after": 12 } },
    ]);
  });
});

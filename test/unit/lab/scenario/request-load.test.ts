import { describe, expect, test } from "vitest";

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
  /** A load whose n-th batch prints the n-th text; the last one repeats. */
  function startLoad(texts: readonly string[], { wasReplaced = false, ms = 5 } = {}) {
    const remaining = [...texts];
    const commands: (readonly string[])[] = [];
    const pod = {
      run: async (command: readonly string[]) => {
        commands.push(command);
        await new Promise((resolve) => setTimeout(resolve, ms));
        return (remaining.length > 1 ? remaining.shift() : remaining[0]) ?? "";
      },
      wasReplaced: () => Promise.resolve(wasReplaced),
    };
    return { load: new RequestLoad(pod, "http://a.example.com/", "move"), commands };
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

  test("waits for a failure", async () => {
    const { load, commands } = startLoad([
      ...Array<string>(10).fill("200 0.001 \n"),
      "503 0.001 \n",
    ]);
    await load.untilFailed();
    expect(commands.length).toBeGreaterThan(10);
    await load.stop();
  });

  test("does not count the last connections that the load's own pod could not make while it was replaced", async () => {
    const text = "503 0.001 \n000 0.001 reset\n200 0.001 \n000 0.001 reset\n000 0.0 refused\n";
    const counts = async (wasReplaced: boolean) => {
      const { load } = startLoad([text], { wasReplaced, ms: 600 });
      const [stats] = await load.stop();
      return [stats?.requests, stats?.failed];
    };
    expect(await counts(true)).toEqual([2 * 3, 2 * 2]);
    expect(await counts(false)).toEqual([2 * 5, 2 * 4]);
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

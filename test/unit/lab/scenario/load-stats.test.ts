import { describe, expect, test } from "vitest";

import {
  calculateStats,
  type Outcome,
  renderLoadTable,
  renderTrialsTable,
} from "../../../../lab/scenario/load-stats";

const request = (startedAt: number, status = "200", ms = 10, message = ""): Outcome => ({
  status,
  startedAt,
  ms,
  message,
});
const phases = [
  { name: "before", beganAt: 0, figures: {} },
  { name: "after", beganAt: 1000, figures: { "ms until seen": 7 } },
];

describe("the statistics of a load", () => {
  test("belong to the phase in which a request started", () => {
    const [before, after] = calculateStats(phases, [request(999), request(1000), request(1100)]);
    expect([before?.requests, after?.requests]).toEqual([1, 2]);
  });

  test("count every request without status 200 as a failure, with the reason", () => {
    const outcomes = [
      ...Array.from({ length: 98 }, (_, index) => request(index)),
      request(100, "503", 500),
      request(200, "000", 9000, "reset"),
    ];
    expect(calculateStats(phases, outcomes)[0]).toMatchObject({
      requests: 100,
      failed: 2,
      failures: ["503", "000 reset"],
      p50Ms: 10,
      p99Ms: 500,
      maxMs: 9000,
    });
  });

  test("have the longest time between two successes, and the time until requests succeed again", () => {
    const outcomes = [request(900), request(1050, "503"), request(1500, "503"), request(1800)];
    expect(calculateStats(phases, outcomes)).toMatchObject([
      { gapMs: 0, recoveryMs: 0 },
      { gapMs: 900, recoveryMs: 810 },
    ]);
  });
});

const figures = {
  ...{ requests: 100, failed: 0, failures: [], p50Ms: 10, p99Ms: 20, maxMs: 30, gapMs: 90 },
  ...{ recoveryMs: 0, figures: {} },
};

test("phases are shown as a table", () => {
  expect(
    renderLoadTable([
      { phase: "a step", ...figures },
      { phase: "next", ...figures, figures: { "ms until seen": 7 } },
    ]),
  ).toBe(
    "         requests   failed   p50 ms   p99 ms   max ms   gap ms\n" +
      "a step        100        0       10       20       30       90\n" +
      "next          100        0       10       20       30       90   ms until seen: 7",
  );
});

test("trials are shown by their median and their worst", () => {
  const trials = [3, 1, 2].map((failed) => ({ phase: "killed", ...figures, failed, gapMs: 9 }));
  expect(renderTrialsTable(trials)).toBe(
    "median / worst   trials   failed   gap ms   recovery ms\n" +
      "killed                3    2 / 3    9 / 9         0 / 0",
  );
});

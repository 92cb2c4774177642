import { expect, test } from "vitest";

import { calculateSeries } from "../../../../lab/scenario/load-series";

const request = (startedAt: number, ms: number, status = "200") => ({
  ...{ startedAt, ms, status },
  message: "",
});

test("requests count in the second in which they started, with their failures and times", () => {
  const phases = [
    { name: "before", beganAt: 10_000, figures: {} },
    { name: "after", beganAt: 12_500, figures: {} },
  ];
  const outcomes = [
    request(12_100, 9),
    request(10_000, 5),
    request(10_999, 700, "503"),
    request(10_500, 6),
  ];
  expect(calculateSeries(phases, outcomes)).toEqual({
    requests: [3, 0, 1],
    failed: [1, 0, 0],
    p50Ms: [6, null, 9],
    maxMs: [700, null, 9],
    phases: [
      { phase: "before", beganMs: 0 },
      { phase: "after", beganMs: 2500 },
    ],
  });
});

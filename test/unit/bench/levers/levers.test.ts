import { expect, test } from "vitest";

import { describeLevers } from "../../../../bench/levers";
import type { PathSample } from "../../../../bench/path/measure";

const sample = (perSecond: number, totalMs: number): PathSample => ({
  ...{
    requests: 100,
    seconds: 1,
    failed: 0,
    errors: [],
    p50Ms: 1,
    p90Ms: 2,
    p99Ms: 3,
    proxyMs: {},
  },
  perSecond,
  totalMs,
});

test("a lever is compared with the defaults right before it", () => {
  const { tables, plots } = describeLevers(
    new Map([
      [
        "no log",
        [
          { defaults: sample(100, 2), changed: sample(120, 1.8) },
          // Something else took half of the machine.
          { defaults: sample(50, 2), changed: sample(60, 1.8) },
        ],
      ],
    ]),
  );
  expect(tables[0]?.rows).toEqual([
    ["no log", "90.0 (60.0–120)", "1.20 (1.20–1.20)", "0.900 (0.900–0.900)", "1.00"],
  ]);
  expect(plots[0]?.series.map(({ values }) => values)).toEqual([[1.2], [0.9]]);
});

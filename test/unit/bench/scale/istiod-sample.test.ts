import { expect, test } from "vitest";

import { compareReadings, type IstiodReading } from "../../../../bench/scale/istiod-sample";

const reading = (
  collect: number,
  fast: number,
  all: number,
  rest: Pick<IstiodReading, "processorMs" | "memoryMiB">,
): IstiodReading => ({
  ...rest,
  counters: {
    refused: 0,
    collect: new Map([
      [1, 0],
      [10, collect],
      [Number.POSITIVE_INFINITY, collect],
    ]),
    push: new Map([
      [0.1, fast],
      [0.5, all],
      [Number.POSITIVE_INFINITY, all],
    ]),
  },
});

test("an istiod's figures are those between two readings, and its memory that of the second", () => {
  const before = reading(1, 5, 50, { processorMs: 500, memoryMiB: 100 });
  const after = reading(3, 14, 60, { processorMs: 2500, memoryMiB: 120 });
  expect(compareReadings(before, after)).toEqual({
    processorSeconds: 2,
    memoryMiB: 120,
    collectP99: 10,
    pushP50: 0.1,
    pushP99: 0.5,
  });
});

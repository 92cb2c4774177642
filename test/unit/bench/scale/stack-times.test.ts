import { expect, test } from "vitest";

import { medianOf } from "../../../../bench/scale/stack-times";

test("the median of each figure is its own", () => {
  const times = [
    { seconds: 3, processorSeconds: 1 },
    { seconds: 1, processorSeconds: 5 },
    { seconds: 2, processorSeconds: 9 },
  ];
  expect(medianOf(times)).toEqual({ seconds: 2, processorSeconds: 5 });
});

import { expect, test } from "vitest";

import { parseEndedProcessorMs, parseProcessorMs } from "../../../bench/processes";

test("the processor time of a program whose name has spaces and brackets, and of what it started", () => {
  const stat = "42 (a b) c) S 1 42 42 0 -1 4194560 100 0 0 0 150 25 7 8 20 0 5 0 1000";
  expect(parseProcessorMs(stat)).toBe(1750);
  expect(parseEndedProcessorMs(stat)).toBe(150);
});

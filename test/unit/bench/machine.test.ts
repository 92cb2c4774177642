import { expect, test } from "vitest";

import { describeMachine, parseTicks } from "../../../bench/machine";

test("the time of guests, which is part of the user's, counts once", () => {
  expect(parseTicks("cpu  100 0 50 800 40 0 10 0 70 0\ncpu0 1 1\n")).toEqual({
    busy: 160,
    total: 1000,
  });
});

test("the load says what processes outside the lab took", () => {
  const load = { processors: 2, model: "Xeon", load: [0.5, 3.25], busy: 0.9 } as const;
  expect(describeMachine({ ...load, others: 0.04 })).toBe(
    "2 processors (Xeon), 90 % busy; load average 0.5 at the start, 3.3 at the end; processes outside the lab took 4 %.",
  );
  expect(describeMachine(load)).toMatch(/3\.3 at the end\.$/);
});

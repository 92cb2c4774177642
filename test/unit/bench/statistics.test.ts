import { describe, expect, test } from "vitest";

import { formatNumber, formatSpread, ratioOf, spreadOf } from "../../../bench/statistics";

describe("the spread of repeated measurements", () => {
  test("has the middle one, whatever their order", () => {
    expect(spreadOf([9, 1, 5])).toEqual({ median: 5, min: 1, max: 9 });
  });

  test("has the mean of the two in the middle of an even number", () => {
    expect(spreadOf([10, 1, 2, 4]).median).toBe(3);
  });

  test("does not exist without measurements", () => {
    expect(() => spreadOf([])).toThrow("no values");
  });
});

describe("the ratio of two series", () => {
  test("compares the measurements of one repeat", () => {
    // The machine was twice as slow in the second repeat, and something went wrong in the third.
    expect(ratioOf([90, 45, 40], [100, 50, 100]).median).toBe(0.9);
  });

  test("needs series of the same length", () => {
    expect(() => ratioOf([1], [1, 2])).toThrow("got 1 and 2");
  });
});

test.each([
  [1310.4, "1,310"],
  [98.63, "98.6"],
  [1, "1.00"],
  [0.07123, "0.071"],
  [0, "0"],
  [Number.NaN, "–"],
])("%d is written as %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test("a spread is written as its median and its range", () => {
  expect(formatSpread({ median: 986, min: 970, max: 1004 })).toBe("986 (970–1,004)");
});

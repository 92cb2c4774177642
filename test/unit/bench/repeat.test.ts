import { expect, test } from "vitest";

import { interleave } from "../../../bench/repeat";

test("variants are measured in turns, and each of them first at some time", async () => {
  const order: string[] = [];
  const variant = (name: string) => ({
    name,
    measure: () => {
      order.push(name);
      return Promise.resolve(order.length);
    },
  });
  const samples = await interleave([variant("a"), variant("b"), variant("c")], 3);
  expect(order.join("")).toBe("abcbcacab");
  expect(samples.get("a")).toEqual([1, 6, 8]);
});

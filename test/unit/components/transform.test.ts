import { expect, test } from "vitest";

import { applyTransform } from "../../../components/transform";

test("without a transform, the arguments stay as they are", () => {
  const args = { a: 1 };
  expect(applyTransform(undefined, "route", args)).toBe(args);
});

test("a transform gets the arguments and the resource's name, and returns the arguments to use", () => {
  const transform = (args: { a: number }, name: string) => ({ a: args.a + name.length });
  expect(applyTransform(transform, "route", { a: 1 })).toEqual({ a: 6 });
});

test("a transform that changes its arguments and returns nothing is refused", () => {
  const transform = (() => undefined) as unknown as (args: object) => object;
  expect(() => applyTransform(transform, "egress-route", {})).toThrow(
    'the transform of "egress-route" returned nothing: return the arguments, with your changes',
  );
});

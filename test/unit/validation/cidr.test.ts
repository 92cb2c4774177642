import fc from "fast-check";
import { expect, test } from "vitest";

import { overlap, parseCidr } from "../../../validation/cidr";

const octet = fc.nat(255);

test("a range is parsed into its addresses", () => {
  fc.assert(
    fc.property(octet, octet, octet, octet, (a, b, c, d) => {
      const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
      expect(parseCidr(`${a}.${b}.${c}.${d}/32`)).toEqual({
        first: address,
        last: address,
        prefix: 32,
      });
    }),
  );
});

test("two ranges overlap exactly when one contains the first address of the other", () => {
  const range = fc.tuple(octet, fc.integer({ min: 0, max: 8 })).map(([value, bits]) => {
    const first = value - (value % 2 ** (8 - bits));
    return { first, last: first + 2 ** (8 - bits) - 1, prefix: 24 + bits };
  });
  fc.assert(
    fc.property(range, range, (one, other) => {
      const within = (address: number, { first, last }: typeof one) =>
        first <= address && address <= last;
      expect(overlap(one, other)).toBe(within(one.first, other) || within(other.first, one));
    }),
  );
});

test.each(["10.0.0.0/33", "256.0.0.0/8", "10.0.0.0", "10.0.0.1/24", "10.0.0/8", "", " 10.0.0.0/8"])(
  "%j is not a range",
  (cidr) => {
    expect(parseCidr(cidr)).toBeUndefined();
  },
);

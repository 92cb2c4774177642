import { expect, test } from "vitest";

import { got } from "../../../policy/property";

test.each([
  ["STRICT", '(got "STRICT")'],
  ["-----BEGIN PRIVATE KEY-----\naHVzaA==\n", "(value not shown)"],
  ["q".repeat(101), "(value not shown)"],
  [["hush"], "(got a list)"],
  [{ token: "hush" }, "(got an object)"],
  [undefined, "(not set)"],
])("%j becomes %s", (value, text) => {
  expect(got(value)).toBe(text);
});

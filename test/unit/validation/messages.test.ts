import { expect, test } from "vitest";
import { z } from "zod";

import { mustBe, wrongType } from "../../../validation/messages";

const message = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value, { error: wrongType }).error?.issues[0]?.message;

test.each([
  [z.boolean(), "true", 'must be true or false (got "true"): write it without quotation marks'],
  [z.boolean(), "yes", 'must be true or false (got "yes")'],
  [z.number(), "2.5", 'must be a number (got "2.5"): write it without quotation marks'],
  [z.number(), "two", 'must be a number (got "two")'],
  [z.string(), 5, "must be a string (got 5): put it in quotation marks"],
  [z.string(), [], "must be a string (got a list)"],
  [z.array(z.string()), "a", 'must be a list (got "a"): write a list, even for one entry'],
  [z.object({}), "a", 'must be an object (got "a"): write keys with values'],
  [z.record(z.string(), z.string()), 5, "must be an object (got 5): write keys with values"],
  [z.string(), undefined, "is missing"],
])("the wrong type, %#: message and remedy", (schema, value, expected) => {
  expect(message(schema, value)).toBe(expected);
});

test("a message says what is allowed, what it got, and what to do", () => {
  expect(mustBe("a port", "use 443")({ input: 0 })).toBe("must be a port (got 0): use 443");
  expect(mustBe("a port")({ input: 0 })).toBe("must be a port (got 0)");
  expect(mustBe("a port")({})).toBe("is missing");
});

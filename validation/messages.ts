import type { z } from "zod";

import { got } from "./show";

/** Message for a value that is missing. The configuration turns it into the command that sets the key. */
export const MISSING = "is missing";

/** `must be WHAT (got VALUE): REMEDY`. */
export function mustBe(what: string, remedy?: string) {
  return ({ input }: { readonly input?: unknown }): string =>
    input === undefined
      ? MISSING
      : `must be ${what} ${got(input)}${remedy === undefined ? "" : `: ${remedy}`}`;
}

const TYPES: Readonly<Record<string, (issue: { readonly input?: unknown }) => string>> = {
  boolean: mustBe("true or false", "write it without quotation marks"),
  number: mustBe("a number", "write it without quotation marks"),
  string: mustBe("a string", "put it in quotation marks"),
  array: mustBe("a list", "write a list, even for one entry"),
  object: mustBe("an object", "write keys with values"),
  record: mustBe("an object", "write keys with values"),
};

/** Messages for values of the wrong type. Zod's own messages name neither the value nor the remedy. */
export const wrongType: z.core.$ZodErrorMap = (issue) =>
  issue.code === "invalid_type" ? TYPES[issue.expected]?.(issue) : undefined;

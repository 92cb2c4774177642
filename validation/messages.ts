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
  boolean: (issue) => mustBe("true or false", unquoted(issue.input, /^(true|false)$/))(issue),
  number: (issue) => mustBe("a number", unquoted(issue.input, /^-?\d+(\.\d+)?$/))(issue),
  string: (issue) => mustBe("a string", quoted(issue.input))(issue),
  array: mustBe("a list", "write a list, even for one entry"),
  object: mustBe("an object", "write keys with values"),
  record: mustBe("an object", "write keys with values"),
};

/** The remedy for a boolean or a number that was written as a string. */
function unquoted(input: unknown, pattern: RegExp): string | undefined {
  return typeof input === "string" && pattern.test(input)
    ? "write it without quotation marks"
    : undefined;
}

/** The remedy for a string that YAML reads as something else. */
export function quoted(input: unknown): string | undefined {
  return typeof input === "object" ? undefined : "put it in quotation marks";
}

/** Messages for values of the wrong type. Zod's own messages name neither the value nor the remedy. */
export const wrongType: z.core.$ZodErrorMap = (issue) =>
  issue.code === "invalid_type" ? TYPES[issue.expected]?.(issue) : undefined;

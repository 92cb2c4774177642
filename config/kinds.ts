import type { z } from "zod";

import { MISSING, reference } from "./problems";
import { shown } from "./shown";

/** What a value of each kind was to be, and how to write one. */
const KINDS: Readonly<Record<string, string>> = {
  boolean: "is neither true nor false: write one of them, without quotation marks",
  number: "is no number: write a number, without quotation marks",
  string: "is no text: write a text, in quotation marks",
  array: "is no list: write a list, even of one item",
  object: "is no object: write keys with their values",
  record: "is no object: write keys with their values",
};

/** What is said of a value of the wrong kind: zod's own words name neither the value nor the remedy. */
export const wrongKind: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== "invalid_type") return undefined;
  if (issue.input === undefined) return MISSING;
  const kind = KINDS[issue.expected];
  return kind && `${named(issue.input)} ${kind}: see ${reference(issue.path ?? [])}`;
};

/** A list or an object would be much to read: it is called by its kind. */
function named(value: unknown): string {
  if (Array.isArray(value)) return "the list";
  return typeof value === "object" && value !== null ? "the object" : shown(value);
}

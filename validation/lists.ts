import { z } from "zod";

import { report } from "./issues";
import { got } from "./show";

/** A list with at least one entry; `remedy` says what an entry is. */
export function nonEmptyList<Entry extends z.ZodType>(entry: Entry, remedy: string) {
  return z
    .array(entry)
    .readonly()
    .refine((entries) => entries.length > 0, {
      error: `must not be empty: ${remedy}`,
    });
}

/** Requires that no two entries have the same value of `key`. */
export function uniqueBy<Key extends string>(key: Key) {
  return (entries: readonly Readonly<Record<Key, unknown>>[], context: z.RefinementCtx): void => {
    for (const [index, value] of repeated(entries.map((entry) => entry[key]))) {
      const message = `must be unique ${got(value)}: give each entry its own ${key}`;
      report(context, { path: [index, key], message });
    }
  };
}

/** Requires that no string occurs twice. */
export function unique(values: readonly unknown[], context: z.RefinementCtx): void {
  for (const [index, value] of repeated(values)) {
    const message = `must be unique ${got(value)}: remove the repeated entry`;
    report(context, { path: [index], message });
  }
}

/** The values that occurred before, each with its index. What is not a string may be an output, and is left alone. */
function repeated(values: readonly unknown[]): readonly (readonly [number, unknown])[] {
  return [...values.entries()].filter(
    ([index, value]) => typeof value === "string" && values.indexOf(value) < index,
  );
}

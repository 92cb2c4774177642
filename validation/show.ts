/** A longer value is a file or a key rather than a setting. */
const MAX_LENGTH = 100;

/**
 * `(got VALUE)` for an error message. Messages end up in logs, so a value that may hold a key is not shown: one that is
 * long, has several lines, or contains a PEM label.
 */
export function got(value: unknown): string {
  if (Array.isArray(value)) return "(got a list)";
  if (typeof value === "object" && value !== null) return "(got an object)";
  // `undefined` has no JSON.
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return "(got nothing)";
  return text.length > MAX_LENGTH || /\\n|-----/.test(text) ? "(value not shown)" : `(got ${text})`;
}

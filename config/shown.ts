/** What is longer is a file or a key rather than a setting. */
const LONGEST = 100;

/**
 * A wrong value as a message shows it, so that the reader need not look it up. A message ends up in logs: what may hold
 * a key, by its length, its lines or its label, is not shown.
 */
export function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST || /\\n|-----/.test(text) ? "the value" : text;
}

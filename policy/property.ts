import { mayBe, read } from "./read";

type Value = string | number | boolean | undefined;

/**
 * Reports the property at `path` when it has none of the `allowed` values. `undefined` allows it to be unset.
 *
 * @param path - keys, joined by dots
 * @param reason - what happens with other values
 */
export function checkProperty(
  props: unknown,
  path: string,
  allowed: readonly Value[],
  reason: string,
): readonly string[] {
  const value = read(props, ...path.split(".")) ?? undefined;
  if (mayBe(value, ...allowed)) return [];
  return [`${path} must be ${formatChoices(allowed)} ${got(value)}: ${reason}.`];
}

/** A longer value, or one of several lines, is a file or a key rather than a setting. */
const SETTING = /^[^\r\n]{0,100}$/;

/** `(got VALUE)` for a message. Lists, objects and files may hold secrets, so they are not shown. */
export function got(value: unknown): string {
  if (value === undefined || value === null) return "(not set)";
  if (Array.isArray(value)) return "(got a list)";
  if (typeof value === "string" && !SETTING.test(value)) return "(value not shown)";
  return typeof value === "object" ? "(got an object)" : `(got ${JSON.stringify(value)})`;
}

function formatChoices(allowed: readonly Value[]): string {
  const choices = allowed.map((value) => (value === undefined ? "unset" : JSON.stringify(value)));
  const last = choices.pop() ?? "";
  return choices.length > 0 ? `${choices.join(", ")} or ${last}` : last;
}

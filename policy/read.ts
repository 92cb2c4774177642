/**
 * Stands for a value that a preview does not know yet. A rule lets it pass: `pulumi up` shows the rule the same
 * resource again, with the value, before it creates anything.
 */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** The value at `path`, {@link UNKNOWN} where it or what holds it is not known yet, undefined where there is none. */
export function read(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null) return here === UNKNOWN ? UNKNOWN : undefined;
    try {
      here = (here as Record<string, unknown>)[key];
    } catch {
      // Properties are plain JSON; @pulumi/policy lets the reading of an unknown one throw, and nothing else.
      return UNKNOWN;
    }
  }
  return here;
}

/** The items of a list at `path`; none where it is not there or not known yet. */
export function items(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const list = read(value, ...path);
  if (!Array.isArray(list)) return [];
  return Array.from({ length: list.length }, (_, index) => read(list, String(index)));
}

/** The values of an object at `path` by their keys; none where it is not there or not known yet. */
export function entries(
  value: unknown,
  ...path: readonly string[]
): readonly (readonly [string, unknown])[] {
  const object = read(value, ...path);
  if (typeof object !== "object" || object === null) return [];
  return Object.keys(object).map((key) => [key, read(object, key)]);
}

/** Whether a value is one of `wanted`, or may turn out to be. */
export function is(value: unknown, ...wanted: readonly unknown[]): boolean {
  return value === UNKNOWN || wanted.includes(value);
}

/** Whether there is something that is not empty, or may turn out to be: for what must be there. */
export function given(value: unknown): boolean {
  return value === UNKNOWN || found(value);
}

/** Whether there is something that is not empty, for certain: for what must not be there. */
export function found(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== "" && value !== UNKNOWN;
}

/** A text as it is; any other value, known or not, as none. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

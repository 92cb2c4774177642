/**
 * A value that a preview does not know yet. Rules let it pass, because `pulumi up` runs the rules again, with the value,
 * before it creates anything.
 */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** The value at `path`, {@link UNKNOWN} when a preview does not know it yet, or `undefined` when it does not exist. */
export function read(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null) return here === UNKNOWN ? UNKNOWN : undefined;
    try {
      here = (here as Record<string, unknown>)[key];
    } catch {
      // Properties are plain JSON. Only @pulumi/policy throws here, for unknown properties.
      return UNKNOWN;
    }
  }
  return here;
}

/** The items of the list at `path`. Empty when there is no list, or a preview does not know it yet. */
export function readItems(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const list = read(value, ...path);
  if (!Array.isArray(list)) return [];
  return Array.from({ length: list.length }, (_, index) => read(list, String(index)));
}

/** Keys and values of the object at `path`. Empty when there is no object, or a preview does not know it yet. */
export function readEntries(
  value: unknown,
  ...path: readonly string[]
): readonly (readonly [string, unknown])[] {
  const object = read(value, ...path);
  if (typeof object !== "object" || object === null) return [];
  return Object.keys(object).map((key) => [key, read(object, key)]);
}

/** Whether a value is one of `wanted`, or is unknown and may become one. */
export function mayBe(value: unknown, ...wanted: readonly unknown[]): boolean {
  return value === UNKNOWN || wanted.includes(value);
}

/** Whether a value is set and not empty, or is unknown. For values that are required. */
export function mayBeSet(value: unknown): boolean {
  return value === UNKNOWN || isSet(value);
}

/** Whether a value is known to be set and not empty. For values that are forbidden. */
export function isSet(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== "" && value !== UNKNOWN;
}

/** A string as it is, and an empty string for any other value. */
export function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

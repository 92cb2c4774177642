import type { ConfigValue } from "./config-value";
import type { StackName } from "./stack";

/** A value of `--set`, for both stacks unless it names one. */
export interface SetFlag {
  readonly stack?: StackName;
  readonly key: string;
  readonly value: ConfigValue;
}

/** Keys that the lab sets. Another value would be overwritten, or point the lab at another cluster. */
const RESERVED_KEYS: readonly string[] = ["role", "cluster", "kubeconfig", "kubeContext"];

/**
 * Parses `key=value`, `server:key=value` or `client:key=value`.
 *
 * @throws Error that names the flag and the remedy
 */
export function parseSetFlag(text: string): SetFlag {
  const [, stack, key, value = ""] = /^(?:(server|client):)?([A-Za-z]\w*)=(.*)$/s.exec(text) ?? [];
  if (key === undefined) {
    throw new Error(
      `--set ${text}: must be KEY=VALUE, server:KEY=VALUE or client:KEY=VALUE, where KEY is a top-level key of Pulumi.yaml: ` +
        "to set a nested value, write the whole value in JSON",
    );
  }
  if (RESERVED_KEYS.includes(key)) {
    throw new Error(`--set ${key}: the lab sets ${key} itself: remove this flag`);
  }
  try {
    return {
      ...(stack !== undefined && { stack: stack as StackName }),
      key,
      value: parseValue(value),
    };
  } catch (error) {
    throw new Error(
      `--set ${text}: a value that starts with [ or { must be valid JSON (${(error as Error).message}): ` +
        `put the whole flag in single quotes, as in --set 'server:ingressSourceRanges=["203.0.113.0/24"]'`,
    );
  }
}

/** Selects the values for `stack`. */
export function selectForStack(
  stack: StackName,
  setFlags: readonly SetFlag[],
): Record<string, ConfigValue> {
  return Object.fromEntries(
    setFlags
      .filter((flag) => (flag.stack ?? stack) === stack)
      .map(({ key, value }) => [key, value]),
  );
}

/** Parses a value as a stack file would have it: JSON is a structure, everything else is a string. */
function parseValue(value: string): ConfigValue {
  return /^[[{]/.test(value) ? (JSON.parse(value) as ConfigValue) : value;
}

import type { ConfigValue } from "./config-value";
import type { StackName } from "./stack";

/** A setting of `--set`, for both stacks unless it names one. */
export interface SetFlag {
  readonly stack?: StackName;
  readonly key: string;
  readonly value: ConfigValue;
}

/** Keys that the lab sets itself: what they are told would be overwritten, or lead out of the lab. */
const OWN: readonly string[] = ["role", "cluster", "kubeconfig", "kubeContext"];

/**
 * Reads `key=value`, `server:key=value` or `client:key=value`.
 *
 * @throws Error that names the setting and what to write instead
 */
export function parseSetFlag(text: string): SetFlag {
  const [, stack, key, value = ""] = /^(?:(server|client):)?([A-Za-z]\w*)=(.*)$/s.exec(text) ?? [];
  if (key === undefined) {
    throw new Error(
      `--set ${text}: write it as key=value, server:key=value or client:key=value, with a key of Pulumi.yaml as a whole: what is within it goes into its value, in JSON`,
    );
  }
  if (OWN.includes(key)) throw new Error(`--set ${text}: the lab sets ${key} itself: leave it out`);
  try {
    return {
      ...(stack !== undefined && { stack: stack as StackName }),
      key,
      value: setting(value),
    };
  } catch (error) {
    throw new Error(
      `--set ${text}: the value begins like JSON, but is none (${(error as Error).message}): put the whole setting in single quotes, as in --set 'server:ingressSourceRanges=["203.0.113.0/24"]'`,
    );
  }
}

/** The settings that are for `stack`. */
export function selectForStack(
  stack: StackName,
  given: readonly SetFlag[],
): Record<string, ConfigValue> {
  return Object.fromEntries(
    given
      .filter((setting) => (setting.stack ?? stack) === stack)
      .map(({ key, value }) => [key, value]),
  );
}

/** A value as a stack's file would have it: JSON is structure, everything else is text. */
function setting(value: string): ConfigValue {
  return /^[[{]/.test(value) ? (JSON.parse(value) as ConfigValue) : value;
}

import type { z } from "zod";

import { isSecretLike } from "./show";

/** One thing that is wrong in what a user wrote. */
export interface Problem {
  /** Where: the key, and the keys and indexes inside it. */
  readonly path: readonly PropertyKey[];
  /** What is allowed, what was found, and what to do. Never shows a secret. */
  readonly message: string;
}

/** The problems that a schema found, one for each key. */
export function problemsOf(error: z.ZodError): readonly Problem[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: UNKNOWN_KEY }))
      : [{ path: issue.path, message: issue.message }],
  );
}

const UNKNOWN_KEY = "is not a known key: remove it or correct its name";

/**
 * `["services", 0, "host"]` as people write it: `services[0].host`. Users write some of the keys, for example in a map of
 * labels, so a key that may be a credential is not shown.
 */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${showKey(String(part))}`,
    )
    .join("");
}

/** A key of letters only is shown even if it is long, because the program's own keys are of this kind. */
function showKey(key: string): string {
  return isSecretLike(key) && !/^[A-Za-z]{1,40}$/.test(key) ? "(name not shown)" : key;
}

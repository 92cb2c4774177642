import type { z } from "zod";

import { isReported, report } from "./issues";
import type { Problem } from "./problem";

/** Checks what must hold between `keys`. The check gets the values of these keys only. */
export type Between<Settings> = <Key extends keyof Settings & string>(
  keys: readonly Key[],
  problems: (settings: Pick<Settings, Key>) => readonly Problem[],
) => void;

/**
 * For checks between the keys of `settings`. A check is skipped if one of its keys is already reported: a second message
 * about one wrong value would mislead.
 */
export function relations<Settings extends object>(
  settings: Settings,
  context: z.RefinementCtx,
): Between<Settings> {
  return (keys, problems) => {
    if (keys.some((key) => isReported(context, [key]))) return;
    const picked = Object.fromEntries(keys.map((key) => [key, settings[key]]));
    for (const problem of problems(picked as Pick<Settings, (typeof keys)[number]>)) {
      report(context, problem);
    }
  };
}

/**
 * Option of `superRefine` for a check that uses {@link relations}. By default zod skips the check if any key has the
 * wrong type, and the user would find the other problems only in the next run.
 */
export const DESPITE_WRONG_KEYS: z.core.$ZodSuperRefineParams = {
  when: ({ issues }) =>
    issues.every(({ code, path = [] }) => path.length > 0 || code === "unrecognized_keys"),
};

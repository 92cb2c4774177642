import type { z } from "zod";

import type { Problem } from "./problem";

/**
 * Reports a problem, unless something at its path is already reported: a second message about one wrong value would
 * mislead.
 */
export function report(context: z.RefinementCtx, problem: Problem): void {
  if (isReported(context, problem.path)) return;
  context.addIssue({ code: "custom", path: [...problem.path], message: problem.message });
}

/** Whether the value at `path`, or a value inside it, is already reported as wrong. */
export function isReported({ issues }: z.RefinementCtx, path: readonly PropertyKey[]): boolean {
  return issues.some((issue) => path.every((part, index) => issue.path?.[index] === part));
}

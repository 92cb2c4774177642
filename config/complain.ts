import type { z } from "zod";

/** Says what is wrong at `path`, unless something there is wrong already: what follows from that would mislead. */
export function complain(context: z.RefinementCtx, path: PropertyKey[], message: string): void {
  if (isWrong(context, path)) return;
  context.addIssue({ code: "custom", path, message });
}

/** Whether the value at `path`, or one inside it, has been found wrong. */
export function isWrong({ issues }: z.RefinementCtx, path: readonly PropertyKey[]): boolean {
  return issues.some((issue) => path.every((part, index) => issue.path?.[index] === part));
}

import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { wrongType } from "./messages";
import { formatPath, type Problem, problemsOf } from "./problem";

/** A component was given arguments that it cannot work with. Pulumi shows the message without a stack trace. */
export class ArgsError extends pulumi.RunError {
  readonly problems: readonly Problem[];

  constructor(component: string, name: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => `${formatPath(path)}: ${message}`);
    super(`${component} "${name}" has invalid arguments:\n  ${lines.join("\n  ")}`);
    this.problems = problems;
  }
}

/**
 * Checks a component's arguments before it registers anything, and fills in the defaults.
 *
 * @throws ArgsError that names every argument that is wrong, its value and the remedy
 */
export function checkArgs<Schema extends z.ZodType>(
  component: string,
  name: string,
  schema: Schema,
  args: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(args, { error: wrongType });
  if (!parsed.success) throw new ArgsError(component, name, problemsOf(parsed.error));
  return parsed.data;
}

/** A value that is checked when it is known, and that may also be an output or a promise. */
export function input<Schema extends z.ZodType>(schema: Schema) {
  return z.custom<pulumi.Input<z.input<Schema>>>().superRefine((value, context) => {
    if (pulumi.Output.isInstance(value) || value instanceof Promise) return;
    const parsed = schema.safeParse(value, { error: wrongType });
    for (const { path, message } of parsed.error?.issues ?? []) {
      context.addIssue({ code: "custom", path, message });
    }
  });
}

import * as pulumi from "@pulumi/pulumi";

import { MISSING } from "../validation/messages";
import { formatPath, type Problem } from "../validation/problem";

/** The configuration is wrong. The message has one line for each problem: key, what is allowed, value, remedy. */
export class ConfigError extends pulumi.RunError {
  readonly problems: readonly Problem[];

  constructor(project: string, problems: readonly Problem[]) {
    const lines = problems.map(
      ({ path, message }) => `${project}:${formatPath(path)}: ${withCommand(path, message)}`,
    );
    super(
      `Nothing was created. Fix the configuration (docs/configuration.md describes each key):\n  ${lines.join("\n  ")}`,
    );
    this.problems = problems;
  }
}

/** A missing value's message, with the command that sets it. */
function withCommand(path: readonly PropertyKey[], message: string): string {
  if (message !== MISSING) return message;
  const key = formatPath(path);
  const argument = path.length > 1 ? `--path '${key}'` : key;
  return `${MISSING}: set it with \`pulumi config set ${argument} VALUE\``;
}

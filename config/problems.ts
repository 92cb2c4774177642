import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

/** What {@link problems} says at length of a key that is not there. */
export const MISSING = "is missing";

/** A configuration that the program cannot run with. Its message names each key, its value and the remedy. */
export class ConfigError extends pulumi.RunError {
  constructor(problems: readonly string[]) {
    super(
      `Nothing was created; the configuration must be put right first:\n  ${problems.join("\n  ")}`,
    );
  }
}

/** One line for each thing that `error` found wrong. */
export function problems(project: string, error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map(
        (key) =>
          `${keyName(project, [...issue.path, key])}: the program knows no such key: remove it, or look for its right name in ${reference(issue.path)}`,
      );
    }
    const key = keyName(project, issue.path);
    if (issue.message === MISSING) {
      return `${key}: is missing: set it in the stack's file, or with \`pulumi config set ${setArgument(issue.path)} VALUE\``;
    }
    return `${key}: ${issue.message}`;
  });
}

/** Where the keys are described. */
export function reference(path: readonly PropertyKey[]): string {
  return `docs/configuration.md${path[0] === "gke" ? "#gke" : ""}`;
}

/** `["services", 0, "host"]` as people write it: `project:services[0].host`. */
function keyName(project: string, path: readonly PropertyKey[]): string {
  return `${project}:${pathName(path)}`;
}

function setArgument(path: readonly PropertyKey[]): string {
  return path.length > 1 ? `--path '${pathName(path)}'` : pathName(path);
}

/** `["services", 0, "host"]` as people write it: `services[0].host`. */
export function pathName(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${String(part)}`,
    )
    .join("");
}

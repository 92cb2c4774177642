import { readFileSync } from "node:fs";
import { join } from "node:path";

import { load } from "js-yaml";

import type { StackName } from "./stack";

interface Project {
  readonly name: string;
  readonly runtime: { readonly options: { readonly tsconfig: string } };
  readonly config: Readonly<Record<string, { readonly default?: unknown }>>;
}

interface StackFile {
  readonly config: Readonly<Record<string, unknown>>;
}

/** Reads Pulumi.yaml of a project, which has the defaults. */
export function readProject(folder: string): Project {
  return load(readFileSync(join(folder, "Pulumi.yaml"), "utf8")) as Project;
}

/**
 * Builds the configuration of a committed stack file with `values` over it, in the form in which the engine passes it
 * to a program: every value is a string.
 */
export function buildRawConfig(
  folder: string,
  stack: StackName,
  values: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const { name, config } = readProject(folder);
  const file = load(readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8")) as StackFile;
  const merged: Record<string, unknown> = {};
  for (const [key, { default: value }] of Object.entries(config)) merged[`${name}:${key}`] = value;
  Object.assign(merged, file.config);
  for (const [key, value] of Object.entries(values)) merged[`${name}:${key}`] = value;
  return Object.fromEntries(
    Object.entries(merged)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { load } from "js-yaml";

import type { StackName } from "./stack";

interface Project {
  readonly name: string;
  readonly config: Readonly<Record<string, { readonly default?: unknown }>>;
}

interface StackFile {
  readonly config: Readonly<Record<string, unknown>>;
}

/** Pulumi.yaml in that folder, which gives the defaults. */
export function readProject(folder: string): Project {
  return load(readFileSync(join(folder, "Pulumi.yaml"), "utf8")) as Project;
}

/** The configuration of a committed stack file with `settings` over it, as the engine hands it over: every value a text. */
export function buildRawConfig(
  folder: string,
  stack: StackName,
  settings: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const { name, config } = readProject(folder);
  const file = load(readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8")) as StackFile;
  const values: Record<string, unknown> = {};
  for (const [key, { default: value }] of Object.entries(config)) values[`${name}:${key}`] = value;
  Object.assign(values, file.config);
  for (const [key, value] of Object.entries(settings)) values[`${name}:${key}`] = value;
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

import { readFileSync } from "node:fs";

import { load } from "js-yaml";

import { type ClientConfig, parseConfig, type ServerConfig } from "../../config";
import { ConfigError } from "../../config/problems";

interface Project {
  readonly name: string;
  readonly config: Readonly<Record<string, { readonly default?: unknown }>>;
}

interface StackFile {
  readonly config: Readonly<Record<string, unknown>>;
}

/** Pulumi.yaml, which gives the defaults. */
export const project = load(readFileSync("Pulumi.yaml", "utf8")) as Project;

/** Values that a test sets, by key without the project's name. */
export type Settings = Readonly<Record<string, unknown>>;

/** The configuration of a committed stack file with `settings` over it, as the engine hands it over. */
export function rawConfig(stack: "server" | "client", settings: Settings = {}) {
  const file = load(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as StackFile;
  const values: Record<string, unknown> = {};
  for (const [key, { default: value }] of Object.entries(project.config)) {
    if (value !== undefined) values[`${project.name}:${key}`] = value;
  }
  Object.assign(values, file.config);
  for (const [key, value] of Object.entries(settings)) values[`${project.name}:${key}`] = value;
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** The parsed configuration of the server's stack file with `settings` over it. */
export function serverConfig(settings: Settings = {}): ServerConfig {
  return parseConfig(project.name, rawConfig("server", settings)) as ServerConfig;
}

/** The parsed configuration of the client's stack file with `settings` over it. */
export function clientConfig(settings: Settings = {}): ClientConfig {
  return parseConfig(project.name, rawConfig("client", settings)) as ClientConfig;
}

/** What is said of a committed stack file with `settings` over it: a line for each thing that is wrong. */
export function complaints(stack: "server" | "client", settings: Settings): readonly string[] {
  try {
    parseConfig(project.name, rawConfig(stack, settings));
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
}

import { type ClientConfig, ConfigError, parseConfig, type ServerConfig } from "../../config";
import { buildRawConfig as rawConfigIn, readProject } from "../../lab/program/raw-config";

/** Pulumi.yaml, which has the defaults. */
export const project = readProject(".");

/** Values that a test sets, by key without the project's name. */
export type Settings = Readonly<Record<string, unknown>>;

/** The configuration of a committed stack file with `settings` over it, as the engine passes it to a program. */
export function rawConfig(stack: "server" | "client", settings: Settings = {}) {
  return rawConfigIn(".", stack, settings);
}

/** The parsed configuration of the server's stack file with `settings` over it. */
export function serverConfig(settings: Settings = {}): ServerConfig {
  return parseConfig(project.name, rawConfig("server", settings)) as ServerConfig;
}

/** The parsed configuration of the client's stack file with `settings` over it. */
export function clientConfig(settings: Settings = {}): ClientConfig {
  return parseConfig(project.name, rawConfig("client", settings)) as ClientConfig;
}

/** The errors in a committed stack file with `settings` over it, one per line. */
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

import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { wrongType } from "../validation/messages";
import { problemsOf } from "../validation/problem";
import { checkClient, checkCommon, checkServer } from "./checks";
import { type ClientConfig, clientConfig, type ServerConfig, serverConfig } from "./stack-config";
import { ConfigError } from "./config-error";
import { fieldsOf, type Keys } from "./key";
import { clientKeys, commonKeys, serverKeys } from "./keys";

export type { GkeSource, KubeconfigSource } from "./cluster-source";
export type { ClientConfig, ServerConfig } from "./stack-config";
export { ConfigError } from "./config-error";
export type { ServerClient } from "./keys/server-clients";

/** The checked configuration of a stack. */
export type Config = ServerConfig | ClientConfig;

/**
 * Reads and checks the configuration of the current stack.
 *
 * @throws ConfigError that lists every wrong key, its value, and the remedy
 */
export function readConfig(): Config {
  return parseConfig(pulumi.getProject(), pulumi.runtime.allConfig());
}

/**
 * Checks the configuration of `project` as Pulumi passes it: every value is a string, and lists and objects are JSON.
 *
 * @throws ConfigError as {@link readConfig}
 */
export function parseConfig(project: string, all: Readonly<Record<string, string>>): Config {
  const values = Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => key.startsWith(`${project}:`))
      .map(([key, value]) => [key.slice(project.length + 1), value]),
  );
  // The role comes first, because it decides which other keys there are.
  const { role } = parse(project, withRole, values);
  return role === "client"
    ? parse(project, clientSchema, without(serverKeys, values))
    : parse(project, serverSchema, without(clientKeys, values));
}

/** @throws ConfigError when `values` do not match the schema */
function parse<Value>(project: string, schema: z.ZodType<Value>, values: unknown): Value {
  const parsed = schema.safeParse(values, { error: wrongType });
  if (!parsed.success) throw new ConfigError(project, problemsOf(parsed.error));
  return parsed.data;
}

/** Values without the keys of the other role. Pulumi.yaml gives their defaults to every stack. */
function without(keys: Keys, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !Object.hasOwn(keys, key)));
}

const withRole = z.object(fieldsOf({ role: commonKeys.role }));
const serverSchema = z
  .strictObject(fieldsOf({ ...commonKeys, ...serverKeys }))
  .superRefine(checkCommon)
  .superRefine(checkServer)
  .transform(serverConfig);
const clientSchema = z
  .strictObject(fieldsOf({ ...commonKeys, ...clientKeys }))
  .superRefine(checkCommon)
  .superRefine(checkClient)
  .transform(clientConfig);

import { clientKeys, commonKeys, serverKeys } from "../../config/keys";
import type { Keys } from "../../config/key";
import { jsonSchemaOf } from "../../validation/json-schema";
import { rowGroups } from "../reference/rows";
import { describeSetting, type Setting } from "../reference/setting";

/** The stacks that a key is for. */
export type KeyOwner = "both" | "server" | "client";

/** A key of the configuration, as Pulumi.yaml and the documentation describe it. */
export interface DocumentedKey extends Setting {
  readonly owner: KeyOwner;
}

/** All keys of the configuration, in the order of the source. */
export function documentedKeys(): readonly DocumentedKey[] {
  return [
    ...keysOf("both", "config/keys/common.ts", "commonKeys", commonKeys),
    ...keysOf("server", "config/keys/server.ts", "serverKeys", serverKeys),
    ...keysOf("client", "config/keys/client.ts", "clientKeys", clientKeys),
  ];
}

function keysOf(
  owner: KeyOwner,
  file: string,
  constant: string,
  keys: Keys,
): readonly DocumentedKey[] {
  const rows = rowGroups(file, constant).flatMap((group) => group.rows);
  return Object.entries(keys).map(([name, { schema, default: defaultValue }]) => {
    const row = rows.find((each) => each.name === name);
    if (!row) throw new Error(`${file} has no row ${name}`);
    const json = { ...jsonSchemaOf(schema), default: defaultValue };
    return { ...describeSetting(row, json, defaultValue !== undefined), owner };
  });
}

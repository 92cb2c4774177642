import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { z } from "zod";

import type { TypeSpec } from "../../plugin/schema";
import { type JsonSchema, jsonSchemaOf } from "../../validation/json-schema";
import { docComment } from "../reference/doc-comments";
import { rowGroups } from "../reference/rows";
import { describeSettings, type Setting, type SettingGroup } from "../reference/setting";
import { constant } from "../reference/source";
import { ANY, capitalized, listOf, mapOf, type NamedTypes, plain } from "./named-types";
import { objectSpec, type Property, propertySpec } from "./properties";

/** A zod object that a TypeScript type is derived from, as in `z.input<typeof settings>`. */
export interface ZodObject {
  /** Name of the constant. */
  readonly name: string;
  /** The constant's doc comment. */
  readonly meaning: string;
  readonly groups: readonly SettingGroup[];
}

/**
 * Loads the zod object `name` that `file` declares or imports.
 *
 * @throws Error when its module does not export it
 */
export async function zodObject(
  file: string,
  name: string,
  io: "input" | "output",
): Promise<ZodObject> {
  const found = constant(file, name);
  if (!found) throw new Error(`${file} has no constant ${name}`);
  const constantName = found.node.name.getText();
  const module = (await import(pathToFileURL(resolve(found.file)).href)) as Record<string, unknown>;
  const schema = module[constantName];
  if (!(schema instanceof z.ZodType)) {
    throw new Error(`${found.file} must export the zod object ${constantName}`);
  }
  const groups = describeSettings(
    () => rowGroups(found.file, constantName),
    jsonSchemaOf(schema, io),
  );
  return { name: constantName, meaning: docComment(found.node).meaning, groups };
}

/** Types of the package's schema, from settings. */
export class ZodTypes {
  readonly #named: NamedTypes;

  constructor(named: NamedTypes) {
    this.#named = named;
  }

  /** The properties of an object with these settings. `owner` is the name of its type, if it has one. */
  async properties(groups: readonly SettingGroup[], owner = ""): Promise<readonly Property[]> {
    const properties: Property[] = [];
    for (const setting of groups.flatMap(({ settings }) => settings)) {
      const type = await this.#type(setting, setting.schema, owner + capitalized(setting.name));
      const spec = propertySpec(setting.name, type, setting);
      properties.push({ name: setting.name, optional: setting.optional, spec });
    }
    return properties;
  }

  /** A reference to the object type with these settings. */
  object(name: string, meaning: string, groups: readonly SettingGroup[]): Promise<TypeSpec> {
    return this.#named.object(name, async () => ({
      type: "object",
      ...(meaning !== "" && { description: meaning }),
      ...objectSpec(await this.properties(groups, capitalized(name))),
    }));
  }

  /** The type of a setting, or of what is inside it. `name` is for a type that has none of its own. */
  async #type(setting: Setting, schema: JsonSchema, name: string): Promise<TypeSpec> {
    if (schema.enum) return this.#named.oneOf(name, schema.enum);
    switch (schema.type) {
      case undefined:
        return ANY;
      case "array":
        return listOf(await this.#type(setting, schema.items ?? {}, name.replace(/s$/, "")));
      case "object":
        return schema.properties
          ? this.#objectType(setting, name)
          : mapOf(await this.#type(setting, valuesOf(schema), name));
      case "integer":
        return plain("number");
      default:
        return plain(schema.type);
    }
  }

  /** An object type has the name of the constant that declares it, if there is one. */
  #objectType({ meaning, groups }: Setting, name: string): Promise<TypeSpec> {
    const own = groups.at(-1);
    return own !== undefined && own.name !== ""
      ? this.object(own.name, own.meaning, groups)
      : this.object(name, meaning, groups);
  }
}

function valuesOf({ additionalProperties }: JsonSchema): JsonSchema {
  return additionalProperties === false ? {} : (additionalProperties ?? {});
}

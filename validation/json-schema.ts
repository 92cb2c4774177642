import { z } from "zod";

/** The part of a JSON Schema that tells what a setting is. */
export interface JsonSchema {
  /** Absent when any value is allowed. */
  readonly type?: "string" | "integer" | "number" | "boolean" | "array" | "object";
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly oneOf?: readonly JsonSchema[];
  /** Of a key that must not be set. */
  readonly not?: object;
}

/**
 * What a schema takes (`input`), or what it gives once the defaults are filled in (`output`). A union of objects
 * becomes one object with the keys of all.
 *
 * Refinements have no JSON Schema. The doc comments of the settings say what they require.
 */
export function jsonSchemaOf(schema: z.ZodType, io: "input" | "output" = "input"): JsonSchema {
  return mergeUnion(z.toJSONSchema(schema, { io, unrepresentable: "any" }) as JsonSchema);
}

function mergeUnion({ oneOf, ...schema }: JsonSchema): JsonSchema {
  if (!oneOf?.every(({ properties }) => properties)) return schema;
  const properties: Record<string, JsonSchema> = {};
  for (const [name, property] of oneOf.flatMap((each) => Object.entries(each.properties ?? {}))) {
    const known = properties[name];
    if (!property.not) properties[name] = known ? mergeWords(known, property) : property;
  }
  const [first, ...others] = oneOf.map(({ required = [] }) => required);
  const required = first?.filter((name) => others.every((names) => names.includes(name))) ?? [];
  return { ...schema, type: "object", properties, required };
}

/** Of two properties with the same name, the words of both; of other properties, the first one. */
function mergeWords(one: JsonSchema, other: JsonSchema): JsonSchema {
  const words = [...wordsOf(one), ...wordsOf(other)];
  if (words.length === 0) return one;
  return { ...(one.type && { type: one.type }), enum: [...new Set(words)] };
}

function wordsOf({ enum: words, const: word }: JsonSchema): readonly string[] {
  return words ?? (word === undefined ? [] : [word]);
}

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
}

/**
 * What a schema takes (`input`), or what it gives once the defaults are filled in (`output`).
 *
 * Refinements have no JSON Schema. The doc comments of the settings say what they require.
 */
export function jsonSchemaOf(schema: z.ZodType, io: "input" | "output" = "input"): JsonSchema {
  return z.toJSONSchema(schema, { io, unrepresentable: "any" }) as JsonSchema;
}

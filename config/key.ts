import { z } from "zod";

import { type JsonSchema, jsonSchemaOf } from "../validation/json-schema";
import { mustBe } from "../validation/messages";

/** A key of the stack configuration. */
export interface Key<Schema extends z.ZodType = z.ZodType> {
  /** The values that the key may have. */
  readonly schema: Schema;
  /** The value in a stack that does not set the key. A key without a default is required. */
  readonly default: z.input<Schema> | undefined;
}

/** The keys of a stack, by name. */
export type Keys = Readonly<Record<string, Key>>;

/** The checked values of keys. */
export type Values<Rows extends Keys> = {
  readonly [Name in keyof Rows]: z.output<Rows[Name]["schema"]>;
};

/**
 * Declares a key. `npm run docs` writes it into Pulumi.yaml and the documentation, with its type and default, and with
 * its doc comment as the description.
 */
export function key<Schema extends z.ZodType>(
  schema: Schema,
  defaultValue?: z.input<Schema>,
): Key<Schema> {
  return { schema, default: defaultValue };
}

/** A value that may stay unset. Pulumi requires a default for each key, so an empty string or object means unset. */
export function emptyAsUnset<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (isEmpty(value) ? undefined : value), schema.optional());
}

function isEmpty(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value === "";
  return Object.keys(value).length === 0;
}

type Fields<Rows extends Keys> = {
  readonly [Name in keyof Rows]: z.ZodType<z.output<Rows[Name]["schema"]>>;
};

/** Fields of a zod object that reads the keys as Pulumi passes them: every value is a string. */
export function fieldsOf<Rows extends Keys>(rows: Rows): Fields<Rows> {
  const fields = Object.entries(rows).map(([name, row]) => [name, field(row)]);
  return Object.fromEntries(fields) as Fields<Rows>;
}

function field({ schema, default: defaultValue }: Key): z.ZodType {
  const { type } = jsonSchemaOf(schema);
  const decoded = z.preprocess(
    (value, context) =>
      type === "string" || typeof value !== "string" ? value : decode(value, type, context),
    schema,
  );
  return defaultValue === undefined ? decoded : decoded.prefault(defaultValue);
}

/** Pulumi passes booleans, numbers, lists and objects as JSON. */
function decode(value: string, type: JsonSchema["type"], context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(value);
  } catch {
    const structure = type && STRUCTURES[type];
    // The schema reports a string that is not a boolean or a number.
    if (structure === undefined) return value;
    const message = mustBe(structure, SET_STRUCTURE)({ input: value });
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }
}

const STRUCTURES: Readonly<Partial<Record<string, string>>> = {
  array: "a list",
  object: "an object",
};
const SET_STRUCTURE = "edit the stack's file, or use `pulumi config set --path`";

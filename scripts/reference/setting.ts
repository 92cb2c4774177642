import type { JsonSchema } from "../../validation/json-schema";
import type { Row, RowGroup } from "./rows";

/** A setting as the reference describes it: type and default from its schema, the rest from its doc comment. */
export interface Setting {
  readonly name: string;
  readonly schema: JsonSchema;
  /** Whether it may be left out. */
  readonly optional: boolean;
  /** What it means (Markdown). */
  readonly meaning: string;
  /** The default as the doc comment has it, or the schema's default as JSON. */
  readonly default?: string;
  /** Each `@see` of the doc comment. */
  readonly see: readonly string[];
  /** The settings inside it. */
  readonly groups: readonly SettingGroup[];
}

/** Settings that the source declares together. */
export interface SettingGroup {
  /** Name of the constant that declares them; empty without one. */
  readonly name: string;
  readonly meaning: string;
  readonly settings: readonly Setting[];
}

/** The setting that a schema and its row describe. `optional` is what the object around it says. */
export function describeSetting(row: Row, schema: JsonSchema, optional: boolean): Setting {
  const { name, comment } = row;
  const text =
    comment.default ?? (schema.default === undefined ? undefined : JSON.stringify(schema.default));
  return {
    name,
    schema,
    optional,
    meaning: comment.meaning,
    ...(text !== undefined && { default: text }),
    see: comment.see,
    groups: describeSettings(row.groups, entryOf(schema)),
  };
}

/**
 * The settings of an object, in the groups of the source.
 *
 * @throws Error when the source has no row for a setting of the schema
 */
export function describeSettings(
  groups: () => readonly RowGroup[],
  { properties, required }: JsonSchema,
): readonly SettingGroup[] {
  if (!properties) return [];
  const described = groups().map(({ name, comment, rows }) => ({
    name,
    meaning: comment.meaning,
    settings: rows.flatMap((row) => {
      const schema = properties[row.name];
      return schema ? [describeSetting(row, schema, !required?.includes(row.name))] : [];
    }),
  }));
  const found = new Set(described.flatMap(({ settings }) => settings.map(({ name }) => name)));
  const missing = Object.keys(properties).filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`no row found for ${missing.join(", ")}`);
  return described.filter(({ settings, meaning }) => settings.length > 0 || meaning !== "");
}

/** The schema of a list's entries; any other schema as it is. */
export function entryOf(schema: JsonSchema): JsonSchema {
  return schema.items ? entryOf(schema.items) : schema;
}

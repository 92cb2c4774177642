import type { JsonSchema } from "../../validation/json-schema";

/** A type as people read it, such as `"zonal" | "regional"` or `integer from 1 to 1000`. */
export function typeText(schema: JsonSchema): string {
  const { type, items, additionalProperties, minimum, maximum } = schema;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
  if (items) return items.enum ? `(${typeText(items)})[]` : `${typeText(items)}[]`;
  if (type === "object" && additionalProperties) return `map of ${typeText(additionalProperties)}`;
  if (type === "integer" && minimum !== undefined && maximum !== undefined) {
    return `integer from ${minimum} to ${maximum}`;
  }
  return type ?? "any";
}

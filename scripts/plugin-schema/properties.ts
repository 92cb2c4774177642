import type { PropertySpec, TypeSpec } from "../../plugin/schema";

/** A property of a component or of an object type. */
export interface Property {
  readonly name: string;
  readonly optional: boolean;
  readonly spec: PropertySpec;
}

/** Properties as the package's schema has them. */
export interface ObjectSpec {
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
}

/** Properties by name; of two with the same name, the last one. */
export function objectSpec(properties: readonly Property[]): ObjectSpec {
  const byName = new Map(properties.map((property) => [property.name, property]));
  const all = [...byName.values()];
  return {
    properties: Object.fromEntries(all.map(({ name, spec }) => [name, spec])),
    required: all.filter(({ optional }) => !optional).map(({ name }) => name),
  };
}

/** What a doc comment says about a property. */
export interface Description {
  readonly meaning: string;
  readonly default?: string;
  readonly see: readonly string[];
}

/** Private keys are secrets in every component. */
const SECRET = /privateKey/i;

/** A property with its description. Outside TypeScript, a link to a name is just the name. */
export function propertySpec(name: string, type: TypeSpec, about: Description): PropertySpec {
  const description = [
    about.meaning,
    ...(about.default === undefined ? [] : [`Default: ${about.default}.`]),
    ...about.see.map((see) => `See ${see}.`),
  ].join(" ");
  return {
    ...type,
    description: withoutLinks(description),
    ...(SECRET.test(name) && { secret: true }),
  };
}

/** Text without `{@link …}`. */
export function withoutLinks(text: string): string {
  return text.replace(/\{@link (\w+)\}/g, "$1");
}

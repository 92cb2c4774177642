import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { input } from "../validation/args";
import { listWords, oneOf } from "../validation/fields";
import { mustBe, wrongType } from "../validation/messages";
import { type Problem, problemsOf } from "../validation/problem";
import type { NamedTypeSpec, PackageSchema, PropertySpec, TypeSpec } from "./schema";

/**
 * What the package's schema says is wrong with the inputs of the component `token`. Pulumi checks neither names nor
 * types, and not every language's compiler does. All further checks are the component's own.
 *
 * @throws Error when the package has no such component
 */
export function inputProblems(
  schema: PackageSchema,
  token: string,
  inputs: Readonly<Record<string, unknown>>,
): readonly Problem[] {
  const component = schema.resources[token];
  if (!component) throw new Error(`the package ${schema.name} has no component ${token}`);
  const { inputProperties, requiredInputs } = component;
  const parsed = new Types(schema.types)
    .object(inputProperties, requiredInputs)
    .safeParse(inputs, { error: wrongType });
  return parsed.success ? [] : problemsOf(parsed.error);
}

/** Zod schemas for the types of a package. */
class Types {
  readonly #named: PackageSchema["types"];

  constructor(named: PackageSchema["types"]) {
    this.#named = named;
  }

  object(properties: Readonly<Record<string, PropertySpec>>, required: readonly string[] = []) {
    const fields = Object.entries(properties).map(([name, spec]): [string, z.ZodType] => {
      const type = this.#value(spec);
      return [name, required.includes(name) ? type : type.optional()];
    });
    return z.strictObject(Object.fromEntries(fields));
  }

  #value(spec: TypeSpec): z.ZodType {
    if (spec.const !== undefined) return z.literal(spec.const);
    const type = this.#type(spec);
    return spec.plain ? NOT_AN_OUTPUT.pipe(type) : input(type);
  }

  #type(spec: TypeSpec): z.ZodType {
    if (spec.oneOf) return this.#union(spec, spec.oneOf);
    if (spec.$ref !== undefined) return this.#namedType(this.#referredTo(spec));
    switch (spec.type) {
      case "array":
        return z.array(this.#value(spec.items ?? {}));
      case "object":
        return z.record(z.string(), this.#value(spec.additionalProperties ?? {}));
      case undefined:
        return z.unknown();
      default:
        return z[spec.type]();
    }
  }

  #namedType(type: NamedTypeSpec | undefined): z.ZodType {
    const [first, ...others] = type?.enum?.map(({ value }) => value) ?? [];
    if (first !== undefined) return oneOf(first, ...others);
    return type?.properties ? this.object(type.properties, type.required) : z.unknown();
  }

  #union({ discriminator }: TypeSpec, specs: readonly TypeSpec[]): z.ZodType {
    const objects = specs.flatMap((spec) => {
      const { properties, required } = this.#referredTo(spec) ?? {};
      return properties ? [this.object(properties, required)] : [];
    });
    const [first, ...others] = objects;
    if (!first || !discriminator) return z.unknown();
    const { propertyName, mapping } = discriminator;
    return z.discriminatedUnion(propertyName, [first, ...others], {
      error: ({ input: value }) =>
        typeof value === "object" && value !== null && !Array.isArray(value)
          ? mustBe(listWords(Object.keys(mapping)))({ input: Reflect.get(value, propertyName) })
          : mustBe("an object")({ input: value }),
    });
  }

  #referredTo({ $ref = "" }: TypeSpec): NamedTypeSpec | undefined {
    return this.#named[$ref.replace("#/types/", "")];
  }
}

const NOT_AN_OUTPUT = z.custom<unknown>((value) => !pulumi.Output.isInstance(value), {
  error:
    "must be a plain value (got an output or a secret): it decides which resources exist, so enter the value itself",
});

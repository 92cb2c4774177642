import * as pulumi from "@pulumi/pulumi";

import { pathName } from "../config/problems";
import type { NamedTypeSpec, PackageSchema, PropertySpec, TypeSpec } from "./schema";

/** Something wrong with what a program gave. */
export interface Problem {
  readonly propertyPath: string;
  /** What is wrong, and the remedy. Never the value of a secret. */
  readonly reason: string;
}

type Path = readonly (string | number)[];
type Values = Readonly<Record<string, unknown>>;
type Properties = Readonly<Record<string, PropertySpec>>;

/**
 * All that `inputs` of the component `token` have wrong by the schema: the engine checks none of it, and not every
 * language's compiler does.
 */
export function inputProblems(
  schema: PackageSchema,
  token: string,
  inputs: Values,
): readonly Problem[] {
  const component = schema.resources[token];
  if (!component) throw new Error(`the package ${schema.name} has no component ${token}`);
  return object(component.inputProperties, component.requiredInputs, inputs, []);

  function object(properties: Properties, required: readonly string[], values: Values, path: Path) {
    const given = Object.keys(values).filter((key) => values[key] !== undefined);
    const known = Object.keys(properties).join(", ");
    return [
      ...given
        .filter((key) => !Object.hasOwn(properties, key))
        .flatMap((key) => problem([...path, key], `is unknown: use one of ${known}`)),
      ...required
        .filter((key) => !given.includes(key))
        .flatMap((key) => problem([...path, key], "is missing: set it")),
      ...given.flatMap((key): readonly Problem[] => {
        const spec = properties[key];
        return spec ? value(spec, values[key], [...path, key]) : [];
      }),
    ];
  }

  function value(spec: TypeSpec, given: unknown, path: Path): readonly Problem[] {
    if (pulumi.Output.isInstance(given)) {
      return spec.plain
        ? problem(
            path,
            "is an output or a secret: it decides which resources there are, so give it a plain value",
          )
        : [];
    }
    if (spec.oneOf) return ofUnion(spec, given, path);
    if (spec.$ref !== undefined) {
      const named = schema.types[spec.$ref.replace("#/types/", "")];
      return named ? ofNamedType(named, given, path) : [];
    }
    if (spec.type === "array") {
      if (!Array.isArray(given)) return problem(path, "is no list: give it a list");
      return given.flatMap((each, index) => value(spec.items ?? {}, each, [...path, index]));
    }
    if (spec.type === "object") {
      if (!isObject(given)) return problem(path, "is no map: give it a map");
      return Object.entries(given).flatMap(([key, each]) =>
        value(spec.additionalProperties ?? {}, each, [...path, key]),
      );
    }
    return spec.type === undefined || typeof given === spec.type
      ? []
      : problem(path, `is a ${typeof given}: give it a ${spec.type}`);
  }

  function ofNamedType(named: NamedTypeSpec, given: unknown, path: Path): readonly Problem[] {
    if (named.enum) {
      const choices = named.enum.map((each) => each.value);
      return choices.some((choice) => choice === given) ? [] : noChoice(path, given, choices);
    }
    return isObject(given)
      ? object(named.properties ?? {}, named.required ?? [], given, path)
      : problem(path, "is no object: give it an object");
  }

  /** One of several types, as its discriminating property says. */
  function ofUnion({ discriminator }: TypeSpec, given: unknown, path: Path): readonly Problem[] {
    if (!isObject(given) || !discriminator) return problem(path, "is no object: give it an object");
    const { propertyName, mapping } = discriminator;
    const $ref = mapping[String(given[propertyName])];
    return $ref === undefined
      ? noChoice([...path, propertyName], given[propertyName], Object.keys(mapping))
      : value({ $ref }, given, path);
  }
}

function noChoice(path: Path, given: unknown, choices: readonly string[]): readonly Problem[] {
  const words = choices.map((choice) => `"${choice}"`).join(", ");
  return problem(path, `${JSON.stringify(given)} is no choice: use one of ${words}`);
}

function problem(path: Path, reason: string): readonly Problem[] {
  return [{ propertyPath: pathName(path), reason }];
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { isDeepStrictEqual } from "node:util";

import type { NamedTypeSpec, TypeSpec } from "../../plugin/schema";

/** The types of a package that properties refer to by name. */
export class NamedTypes {
  readonly #package: string;
  readonly types: Record<string, NamedTypeSpec> = {};

  constructor(packageName: string) {
    this.#package = packageName;
  }

  /** A reference to an object type, which `describe` describes when it is new. */
  async object(name: string, describe: () => Promise<NamedTypeSpec>): Promise<TypeSpec> {
    // SDKs append `Args` to the name of each input type.
    const token = `${this.#package}:index:${capitalized(name.replace(/Args$/, ""))}`;
    if (!this.types[token]) {
      const type = await describe();
      this.types[token] = type;
    }
    return { $ref: `#/types/${token}`, plain: true };
  }

  /**
   * A reference to a type with a few allowed strings.
   *
   * @throws Error when another type has the name
   */
  oneOf(name: string, words: readonly string[]): TypeSpec {
    const token = `${this.#package}:index:${capitalized(name)}`;
    const type = { type: "string", enum: words.map((value) => ({ value })) } as const;
    const known = this.types[token];
    if (known && !isDeepStrictEqual(known, type)) throw new Error(`two types are named ${token}`);
    this.types[token] = type;
    return { $ref: `#/types/${token}`, plain: true };
  }

  /** Makes every property of the type optional that a reference refers to. */
  makeOptional(reference: TypeSpec): void {
    const token = tokenOf(reference);
    const type = this.types[token];
    if (type) this.types[token] = { ...type, required: [] };
  }

  /** The type that a reference refers to. */
  referredTo(reference: TypeSpec): NamedTypeSpec | undefined {
    return this.types[tokenOf(reference)];
  }
}

function tokenOf({ $ref = "" }: TypeSpec): string {
  return $ref.replace("#/types/", "");
}

/** A type whose values must be known before anything is created. */
export function plain(type: "string" | "number" | "boolean"): TypeSpec {
  return { type, plain: true };
}

/** A list whose values must be known before anything is created. */
export function listOf(items: TypeSpec): TypeSpec {
  return { type: "array", items, plain: true };
}

/** A map whose values must be known before anything is created. */
export function mapOf(values: TypeSpec): TypeSpec {
  return { type: "object", additionalProperties: values, plain: true };
}

/** The type of any value. */
export const ANY: TypeSpec = { $ref: "pulumi.json#/Any" };

/** A name as that of a type. */
export function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

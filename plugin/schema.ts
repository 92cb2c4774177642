import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A type in Pulumi's package schema. Has only what `scripts/plugin-schema` writes. */
export interface TypeSpec {
  readonly type?: "string" | "number" | "boolean" | "array" | "object";
  /** Reference to a named type: `#/types/mtls:index:Name`, or `pulumi.json#/Any`. */
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
  readonly discriminator?: {
    readonly propertyName: string;
    readonly mapping: Readonly<Partial<Record<string, string>>>;
  };
  /** The only allowed value. */
  readonly const?: string;
  /** Whether the value must be known before anything is created, because it may decide which resources exist. */
  readonly plain?: true;
}

/** A property of a component or of a named type. */
export interface PropertySpec extends TypeSpec {
  readonly description: string;
  readonly secret?: true;
}

/** A named type: an object, or a string that is one of a few words. */
export interface NamedTypeSpec {
  readonly type: "object" | "string";
  readonly description?: string;
  readonly properties?: Readonly<Record<string, PropertySpec>>;
  readonly required?: readonly string[];
  readonly enum?: readonly { readonly value: string }[];
}

/** A component. */
export interface ComponentSpec {
  readonly isComponent: true;
  readonly description: string;
  readonly inputProperties: Readonly<Record<string, PropertySpec>>;
  readonly requiredInputs: readonly string[];
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
}

/**
 * The schema of the package. Pulumi generates an SDK for each language from it.
 *
 * @see https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/
 */
export interface PackageSchema {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly resources: Readonly<Record<string, ComponentSpec>>;
  readonly types: Readonly<Record<string, NamedTypeSpec>>;
  readonly language: object;
}

/** The schema as Pulumi reads it. */
export const schemaText = readFileSync(join(__dirname, "schema.json"), "utf8");

/** The schema, parsed. */
export const schema = JSON.parse(schemaText) as PackageSchema;

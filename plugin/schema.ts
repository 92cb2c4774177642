import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A type of Pulumi's package schema, as far as `scripts/plugin-schema.ts` writes it. */
export interface TypeSpec {
  readonly type?: "string" | "number" | "boolean" | "array" | "object";
  /** Of a named type: `#/types/mtls:index:Name`, or `pulumi.json#/Any`. */
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
  readonly discriminator?: {
    readonly propertyName: string;
    readonly mapping: Readonly<Partial<Record<string, string>>>;
  };
  /** The one value that it may have. */
  readonly const?: string;
  /** Known before anything is created; it may decide which resources there are. */
  readonly plain?: true;
}

/** A property of a component, or of a named type. */
export interface PropertySpec extends TypeSpec {
  readonly description: string;
  readonly secret?: true;
}

/** A named type: an object, or one of a few words. */
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
 * The schema of the package, from which SDKs are made for each language.
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

/** The schema as the engine is told it. */
export const schemaText = readFileSync(join(__dirname, "schema.json"), "utf8");

/** The schema, for those who check by it. */
export const schema = JSON.parse(schemaText) as PackageSchema;

import ts from "typescript";

import type { TypeSpec } from "../../plugin/schema";
import { docComment } from "../reference/doc-comments";
import { type Found, typeDeclaration } from "../reference/source";
import { ANY, listOf, mapOf, NamedTypes, plain } from "./named-types";
import {
  type ObjectSpec,
  objectSpec,
  type Property,
  propertySpec,
  withoutLinks,
} from "./properties";
import { referenceName, typeArguments, zodReference } from "./type-references";
import { zodObject, ZodTypes } from "./zod-types";

/** Laid over a type, removes `plain`: JSON leaves the property out. */
const MAY_BE_OUTPUT = { plain: undefined } as unknown as object;

/**
 * Types of the package's schema, from TypeScript's interfaces. Reads syntax only, except for settings: their types come
 * from the zod objects.
 */
export class TypeScriptTypes {
  readonly named: NamedTypes;
  readonly #zod: ZodTypes;

  constructor(packageName: string) {
    this.named = new NamedTypes(packageName);
    this.#zod = new ZodTypes(this.named);
  }

  /** The interface `name` of `file`, or the one that it is an alias of, with all that it inherits. */
  async object(file: string, name: string): Promise<ObjectSpec> {
    return objectSpec(await this.#membersOf(file, name));
  }

  async #membersOf(file: string, name: string): Promise<readonly Property[]> {
    const found = typeDeclaration(file, name);
    if (!found) throw new Error(`${file} has no type ${name}`);
    const { source, node } = found;
    if (ts.isTypeAliasDeclaration(node)) return this.#membersOfType({ ...found, node: node.type });
    const members: Property[] = [];
    for (const type of (node.heritageClauses ?? []).flatMap(({ types }) => types)) {
      members.push(...(await this.#membersOfType({ file: found.file, source, node: type })));
    }
    for (const member of node.members.filter(ts.isPropertySignature)) {
      members.push(await this.#property({ file: found.file, source, node: member }));
    }
    return members;
  }

  /** The members of a type that an interface extends, or that an alias stands for. */
  async #membersOfType({ file, source, node }: Found<ts.TypeNode>): Promise<readonly Property[]> {
    const name = referenceName(node, source);
    const zodType = zodReference(node, source);
    if (zodType) return this.#zod.properties((await zodObject(file, ...zodType)).groups);
    const [argument] = typeArguments(node);
    if (name === "Record") return [];
    if (name === "Readonly" && argument)
      return this.#membersOfType({ file, source, node: argument });
    if (name === undefined) throw new Error(`${file}: ${node.getText(source)} has no members`);
    return this.#membersOf(file, name);
  }

  async #property({ file, source, node }: Found<ts.PropertySignature>): Promise<Property> {
    const name = node.name.getText(source);
    if (!node.type) throw new Error(`${file}: ${name} has no type`);
    const type = await this.#type({ file, source, node: node.type }, name);
    const spec = propertySpec(name, type, docComment(node));
    return { name, optional: node.questionToken !== undefined, spec };
  }

  /** A type. `hint` is the name of a type that has none of its own. */
  async #type({ file, source, node }: Found<ts.TypeNode>, hint: string): Promise<TypeSpec> {
    const inside = (type: ts.TypeNode) => this.#type({ file, source, node: type }, hint);
    if (ts.isTypeOperatorNode(node) || ts.isParenthesizedTypeNode(node)) return inside(node.type);
    if (ts.isArrayTypeNode(node)) return listOf(await inside(node.elementType));
    // A package's schema has no list with at least one entry.
    if (ts.isTupleTypeNode(node) && node.elements[0]) return listOf(await inside(node.elements[0]));
    if (ts.isUnionTypeNode(node)) return this.#union({ file, source, node }, hint);
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) {
      return { ...plain("string"), const: node.literal.text };
    }
    if (ts.isTypeReferenceNode(node)) return this.#reference({ file, source, node }, hint);
    const keyword = node.getText(source);
    if (keyword === "unknown") return ANY;
    if (keyword === "string" || keyword === "number" || keyword === "boolean") {
      return plain(keyword);
    }
    throw new Error(`${file}: ${hint} has a type that a schema cannot express: ${keyword}`);
  }

  async #reference(
    { file, source, node }: Found<ts.TypeReferenceNode>,
    hint: string,
  ): Promise<TypeSpec> {
    const name = node.typeName.getText(source);
    const argument = (index: number) => {
      const type = node.typeArguments?.[index];
      if (!type) throw new Error(`${file}: ${hint} lacks a type argument`);
      return this.#type({ file, source, node: type }, hint);
    };
    const zodType = zodReference(node, source);
    if (zodType) {
      const { name: constantName, meaning, groups } = await zodObject(file, ...zodType);
      return this.#zod.object(constantName, meaning, groups);
    }
    if (/^pulumi\.(Input|Output)$/.test(name)) return { ...(await argument(0)), ...MAY_BE_OUTPUT };
    if (name === "Partial") return this.#partial(await argument(0));
    if (name === "Readonly") return argument(0);
    if (name === "Record") return mapOf(await argument(1));
    const found = typeDeclaration(file, name);
    if (!found) {
      throw new Error(`${file}: ${hint} has a type that a schema cannot express: ${name}`);
    }
    return ts.isInterfaceDeclaration(found.node)
      ? this.#interface({ ...found, node: found.node })
      : this.#type({ ...found, node: found.node.type }, name);
  }

  /** A reference to an interface, which becomes a type of the package. */
  #interface({ file, node }: Found<ts.InterfaceDeclaration>): Promise<TypeSpec> {
    const name = node.name.text;
    return this.named.object(name, async () => ({
      type: "object",
      description: withoutLinks(docComment(node).meaning),
      ...(await this.object(file, name)),
    }));
  }

  /** The same type of the package, with all properties optional. */
  #partial(reference: TypeSpec): TypeSpec {
    this.named.makeOptional(reference);
    return reference;
  }

  async #union({ file, source, node }: Found<ts.UnionTypeNode>, hint: string): Promise<TypeSpec> {
    const text = (type: ts.TypeNode) => type.getText(source);
    const isOutput = (type: ts.TypeNode) => text(type).startsWith("pulumi.Output<");
    const types = node.types.filter((type) => text(type) !== "undefined" && !isOutput(type));
    if (types.length > 1 && types.every(ts.isLiteralTypeNode)) {
      return this.named.oneOf(
        hint,
        types.map((type) => JSON.parse(text(type)) as string),
      );
    }
    const specs: TypeSpec[] = [];
    for (const type of types) specs.push(await this.#type({ file, source, node: type }, hint));
    const [only] = specs;
    if (only && specs.length === 1) {
      return node.types.some(isOutput) ? { ...only, ...MAY_BE_OUTPUT } : only;
    }
    const mapping = specs.map((spec): [string, string] => {
      const word = this.named.referredTo(spec)?.properties?.["type"]?.const;
      if (word === undefined) throw new Error(`${file}: ${hint} is a union without "type"`);
      return [word, spec.$ref ?? ""];
    });
    const discriminator = { propertyName: "type", mapping: Object.fromEntries(mapping) };
    return { oneOf: specs, discriminator, plain: true };
  }
}

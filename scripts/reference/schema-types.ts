import ts from "typescript";

import type { NamedTypeSpec, PropertySpec, TypeSpec } from "../../plugin/schema";
import { declaration, type Found, meaning, tagged } from "./doc-comments";

/** The properties of an interface, and which of them must be there. */
export interface ObjectSpec {
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
}

/** What holds a private key is a secret, wherever it stands. */
const SECRET = /privateKey/i;

/** Types of Pulumi's package schema, from TypeScript's. Reads syntax alone, as `documented` does. */
export class SchemaTypes {
  readonly #package: string;
  /** The types that others refer to by name. */
  readonly named: Record<string, NamedTypeSpec> = {};

  constructor(packageName: string) {
    this.#package = packageName;
  }

  /** The interface `name` of `file`, or the one that it is an alias of, with all that it inherits. */
  object(file: string, name: string): ObjectSpec {
    const members = this.#members(file, name);
    return {
      properties: Object.fromEntries(
        members.map((member) => [nameOf(member), this.#property(member)]),
      ),
      required: members.filter(({ node }) => !node.questionToken).map(nameOf),
    };
  }

  /** The members of an interface, the inherited ones first, each once. */
  #members(file: string, name: string): readonly Found<ts.PropertySignature>[] {
    const found = declaration(file, name);
    if (!found) throw new Error(`${file} has no ${name}`);
    const { node, source } = found;
    if (ts.isTypeAliasDeclaration(node)) {
      const target = ts.isTypeReferenceNode(node.type) ? node.type.typeName.getText(source) : "";
      return target === "Record" ? [] : this.#members(found.file, target);
    }
    const inherited = (node.heritageClauses ?? [])
      .flatMap(({ types }) => types)
      .flatMap((type) => this.#members(found.file, type.expression.getText(source)));
    const own = node.members
      .filter(ts.isPropertySignature)
      .map((member) => ({ file: found.file, source, node: member }));
    return [...new Map([...inherited, ...own].map((each) => [nameOf(each), each])).values()];
  }

  #property(member: Found<ts.PropertySignature>): PropertySpec {
    const { node } = member;
    const name = nameOf(member);
    if (!node.type) throw new Error(`${member.file}: ${name} has no type`);
    const [fallback] = tagged(node, "default");
    const description = [
      prose(node),
      ...(fallback === undefined ? [] : [`Default: ${fallback}.`]),
      ...tagged(node, "see").map((see) => `See ${see}.`),
    ].join(" ");
    return {
      ...this.#type({ ...member, node: node.type }, name),
      description,
      ...(SECRET.test(name) && { secret: true }),
    };
  }

  /** A type; `hint` names it where it is one of a few words and has no name of its own. */
  #type({ file, source, node }: Found<ts.TypeNode>, hint: string): TypeSpec {
    const inner = (type: ts.TypeNode) => this.#type({ file, source, node: type }, hint);
    if (ts.isTypeOperatorNode(node) || ts.isParenthesizedTypeNode(node)) return inner(node.type);
    if (ts.isArrayTypeNode(node)) return list(inner(node.elementType));
    // A schema knows no list that cannot be empty.
    if (ts.isTupleTypeNode(node) && node.elements[0]) return list(inner(node.elements[0]));
    if (ts.isUnionTypeNode(node)) return this.#union({ file, source, node }, hint);
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) {
      return { ...plain("string"), const: node.literal.text };
    }
    if (ts.isTypeReferenceNode(node)) return this.#reference({ file, source, node }, hint);
    const keyword = node.getText(source);
    if (keyword === "unknown") return { $ref: "pulumi.json#/Any" };
    if (keyword === "string" || keyword === "number" || keyword === "boolean")
      return plain(keyword);
    throw new Error(`${file}: ${hint} has a type that a schema cannot say: ${keyword}`);
  }

  #reference({ file, source, node }: Found<ts.TypeReferenceNode>, hint: string): TypeSpec {
    const name = node.typeName.getText(source);
    const argument = (index: number): TypeSpec => {
      const type = node.typeArguments?.[index];
      if (!type) throw new Error(`${file}: ${hint} lacks a type argument`);
      return this.#type({ file, source, node: type }, hint);
    };
    if (/^pulumi\.(Input|Output)$/.test(name)) return { ...argument(0), ...notPlain };
    if (name === "Readonly" || name === "Partial") {
      const target = node.typeArguments?.[0];
      const known = target && declaration(file, target.getText(source));
      if (name === "Partial" && known && ts.isInterfaceDeclaration(known.node)) {
        return this.#refer(known.file, known.node.name.text, { optional: true });
      }
      return argument(0);
    }
    if (name === "Record")
      return { type: "object", additionalProperties: argument(1), plain: true };
    const found = declaration(file, name);
    if (!found) throw new Error(`${file}: ${hint} has a type that a schema cannot say: ${name}`);
    if (ts.isInterfaceDeclaration(found.node)) return this.#refer(found.file, name);
    return this.#type({ ...found, node: found.node.type }, name);
  }

  /** A reference to an interface, which becomes a type of the package. */
  #refer(file: string, name: string, { optional = false } = {}): TypeSpec {
    // SDKs call every type of inputs `…Args`.
    const token = `${this.#package}:index:${name.replace(/Args$/, "")}`;
    if (!this.named[token]) {
      const found = declaration(file, name);
      const { properties, required } = this.object(file, name);
      this.named[token] = {
        type: "object",
        ...(found && { description: prose(found.node) }),
        properties,
        required: optional ? [] : required,
      };
    }
    return { $ref: `#/types/${token}`, plain: true };
  }

  #union({ file, source, node }: Found<ts.UnionTypeNode>, hint: string): TypeSpec {
    const text = (type: ts.TypeNode) => type.getText(source);
    const isOutput = (type: ts.TypeNode) => text(type).startsWith("pulumi.Output<");
    const types = node.types.filter((type) => text(type) !== "undefined" && !isOutput(type));
    const inner = types.map((type) => this.#type({ file, source, node: type }, hint));
    const only = inner[0];
    if (only && inner.length === 1) {
      return node.types.some(isOutput) ? { ...only, ...notPlain } : only;
    }
    if (types.every(ts.isLiteralTypeNode)) {
      const token = `${this.#package}:index:${hint.charAt(0).toUpperCase()}${hint.slice(1)}`;
      const values = types.map((type) => ({ value: JSON.parse(text(type)) as string }));
      this.named[token] = { type: "string", enum: values };
      return { $ref: `#/types/${token}`, plain: true };
    }
    const mapping = inner.map(({ $ref = "" }): [string, string] => {
      const word = this.named[$ref.replace("#/types/", "")]?.properties?.["type"]?.const;
      if (word === undefined) throw new Error(`${file}: ${hint} is a union without "type"`);
      return [word, $ref];
    });
    const discriminator = { propertyName: "type", mapping: Object.fromEntries(mapping) };
    return { oneOf: inner, discriminator, plain: true };
  }
}

/** A doc comment's text; a name that it links to is a name elsewhere too. */
export function prose(node: ts.Node): string {
  return meaning(node).replace(/\{@link (\w+)\}/g, "$1");
}

function plain(type: "string" | "number" | "boolean"): TypeSpec {
  return { type, plain: true };
}

function list(items: TypeSpec): TypeSpec {
  return { type: "array", items, plain: true };
}

/** Laid over a type, takes `plain` away: the property is not written. */
const notPlain = { plain: undefined } as unknown as object;

function nameOf({ node, source }: Found<ts.PropertySignature>): string {
  return node.name.getText(source);
}

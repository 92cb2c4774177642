import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import ts from "typescript";

/** A property of an interface, as its declaration and its doc comment tell. */
export interface Property {
  readonly name: string;
  readonly optional: boolean;
  /** Its type as TypeScript writes it, with the names of plain types replaced by what they stand for. */
  readonly type: string;
  /** What it means (Markdown). */
  readonly meaning: string;
  /** `@default`, as written. */
  readonly fallback?: string;
  /** `@see`, each as written. */
  readonly see: readonly string[];
  /** The properties of its own, where its type is an interface or an array of one. */
  readonly fields: readonly Property[];
}

/** An interface with its properties, without those that it inherits. */
export interface Documented {
  readonly name: string;
  readonly meaning: string;
  readonly properties: readonly Property[];
}

/**
 * An interface of `file` and all that it extends, the inherited ones first, each once. Reads syntax alone: to resolve
 * types would mean to load the declarations of every cloud resource there is.
 */
export function documented(file: string, name: string): readonly Documented[] {
  const found = declaration(file, name);
  if (!found || !ts.isInterfaceDeclaration(found.node)) throw new Error(`${file} has no ${name}`);
  const { node, source } = found;
  const inherited = (node.heritageClauses ?? [])
    .flatMap(({ types }) => types)
    .flatMap((type) => documented(found.file, type.expression.getText(source)));
  const own = { name, meaning: meaning(node), properties: properties(found.file, node, source) };
  return [...inherited, own].filter(
    (each, index, all) => all.findIndex((other) => other.name === each.name) === index,
  );
}

/** A declaration, and the file that it is in. */
export interface Found<Node extends ts.Node = ts.InterfaceDeclaration | ts.TypeAliasDeclaration> {
  readonly file: string;
  readonly source: ts.SourceFile;
  readonly node: Node;
}

/** Where the type `name` is declared: in `file`, or in the file of the project that `file` imports it from. */
export function declaration(file: string, name: string): Found | undefined {
  return declared(file, name, isType);
}

/** Where the class `name` is declared: in `file`, or in the file of the project that `file` imports it from. */
export function classDeclaration(
  file: string,
  name: string,
): Found<ts.ClassDeclaration> | undefined {
  return declared(file, name, ts.isClassDeclaration);
}

const isType = (node: ts.Node) =>
  ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

function declared<Node extends ts.DeclarationStatement>(
  file: string,
  name: string,
  is: (node: ts.Node) => node is Node,
): Found<Node> | undefined {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, "utf8"),
    ts.ScriptTarget.ES2023,
    true,
  );
  for (const statement of source.statements) {
    if (is(statement) && statement.name?.text === name) return { file, source, node: statement };
    const from = importOf(statement, name);
    if (from?.startsWith(".")) return declared(`${join(dirname(file), from)}.ts`, name, is);
  }
  return undefined;
}

/** The module that a statement imports `name` from. */
function importOf(statement: ts.Statement, name: string): string | undefined {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) {
    return undefined;
  }
  const bindings = statement.importClause?.namedBindings;
  const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
  return named.some((element) => element.name.text === name)
    ? statement.moduleSpecifier.text
    : undefined;
}

function properties(
  file: string,
  node: ts.InterfaceDeclaration,
  source: ts.SourceFile,
): readonly Property[] {
  return node.members.filter(ts.isPropertySignature).map((member) => {
    const fallback = tagged(member, "default")[0];
    return {
      name: member.name.getText(source),
      optional: member.questionToken !== undefined,
      ...typeOf(file, member.type?.getText(source) ?? "unknown"),
      meaning: meaning(member),
      ...(fallback !== undefined && { fallback }),
      see: tagged(member, "see"),
    };
  });
}

/** A type as people read it, and the fields of the interface that it names. */
function typeOf(file: string, text: string): Pick<Property, "type" | "fields"> {
  const type = text.replace(/^readonly /, "");
  const name = /^[A-Z]\w*(?=(\[\])?$)/.exec(type)?.[0];
  const found = name === undefined ? undefined : declaration(file, name);
  if (name === undefined || !found) return { type: plain(type), fields: [] };
  const { node, source } = found;
  if (ts.isTypeAliasDeclaration(node)) {
    const union = plain(node.type.getText(source));
    return { type: type.endsWith("[]") ? `(${union})[]` : union, fields: [] };
  }
  const shape = type.replace(name, "object");
  return { type: shape, fields: properties(found.file, node, source) };
}

/** Without the words that say who may change it: in a stack's file there is one author. */
function plain(type: string): string {
  return type
    .replace(/^Readonly<Record<string, (\w+)>>$/, "map of $1")
    .replace(/\s+/g, " ")
    .replace(/^\| /, "");
}

/** The doc comment above a declaration, in one paragraph. */
export function meaning(node: ts.Node): string {
  const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)?.comment;
  return flat(ts.getTextOfJSDocComment(comment));
}

/** What stands behind each tag of that name. */
export function tagged(node: ts.Node, tag: string): readonly string[] {
  return ts
    .getJSDocTags(node)
    .filter(({ tagName }) => tagName.text === tag)
    .map((found) => flat(whole(found)));
}

/** The text behind a tag. Of a link, the compiler takes the scheme for a name and cuts it off. */
function whole(tag: ts.JSDocTag): string {
  return tag
    .getText()
    .replace(/^@\w+\s*/, "")
    .replace(/^\s*\*\/?/gm, "");
}

function flat(text = ""): string {
  return text.replace(/\s+/g, " ").trim();
}

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import ts from "typescript";

/** A piece of syntax, and the file that it is in. */
export interface Found<Node extends ts.Node = ts.Node> {
  readonly file: string;
  readonly source: ts.SourceFile;
  readonly node: Node;
}

/** A declaration of a type. */
export type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/** Where the type `name` is declared: in `file`, or in the file of this project that `file` imports it from. */
export function typeDeclaration(file: string, name: string): Found<TypeDeclaration> | undefined {
  return declaration(file, name, (statement, wanted) =>
    (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) &&
    statement.name.text === wanted
      ? statement
      : undefined,
  );
}

/** Where the class `name` is declared, as {@link typeDeclaration}. */
export function classDeclaration(
  file: string,
  name: string,
): Found<ts.ClassDeclaration> | undefined {
  return declaration(file, name, (statement, wanted) =>
    ts.isClassDeclaration(statement) && statement.name?.text === wanted ? statement : undefined,
  );
}

/** Where the constant `name` is declared, as {@link typeDeclaration}. */
export function constant(file: string, name: string): Found<ts.VariableDeclaration> | undefined {
  return declaration(file, name, (statement, wanted) =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.find((each) => each.name.getText() === wanted)
      : undefined,
  );
}

/** What a module exports again from other files, by name: `export { construct as Name } from "./file"`. */
export function reexports(file: string): ReadonlyMap<string, string> {
  const entries = sourceFile(file)
    .statements.filter(ts.isExportDeclaration)
    .flatMap(({ exportClause, moduleSpecifier }) =>
      elementsOf(exportClause).map(({ name }): [string, string] => [
        name.text,
        resolve(file, moduleSpecifier ? (moduleSpecifier as ts.StringLiteral).text : "."),
      ]),
    );
  return new Map(entries);
}

/**
 * Finds a declaration by syntax only. To resolve types, the compiler would load the declarations of every cloud
 * resource, which takes a minute.
 */
function declaration<Node extends ts.Node>(
  file: string,
  name: string,
  match: (statement: ts.Statement, name: string) => Node | undefined,
): Found<Node> | undefined {
  const source = sourceFile(file);
  for (const statement of source.statements) {
    const node = match(statement, name);
    if (node) return { file, source, node };
    const from = importedFrom(statement, name);
    if (from?.module.startsWith(".")) {
      return declaration(resolve(file, from.module), from.name, match);
    }
  }
  return undefined;
}

const parsed = new Map<string, ts.SourceFile>();

function sourceFile(file: string): ts.SourceFile {
  const known = parsed.get(file);
  if (known) return known;
  const text = readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  parsed.set(file, source);
  return source;
}

/** The file of a relative import. */
function resolve(file: string, module: string): string {
  const path = join(dirname(file), module);
  return [`${path}.ts`, join(path, "index.ts")].find((each) => ts.sys.fileExists(each)) ?? path;
}

/** The module that a statement imports, or exports again, `name` from, and its name there. */
function importedFrom(
  statement: ts.Statement,
  name: string,
): { readonly module: string; readonly name: string } | undefined {
  const elements = ts.isImportDeclaration(statement)
    ? elementsOf(statement.importClause?.namedBindings)
    : ts.isExportDeclaration(statement)
      ? elementsOf(statement.exportClause)
      : [];
  const element = elements.find((each) => each.name.text === name);
  const { moduleSpecifier } = statement as ts.ImportDeclaration | ts.ExportDeclaration;
  if (!element || !moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return undefined;
  return { module: moduleSpecifier.text, name: (element.propertyName ?? element.name).text };
}

function elementsOf(
  bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined,
): readonly (ts.ImportSpecifier | ts.ExportSpecifier)[] {
  return bindings && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings))
    ? bindings.elements
    : [];
}

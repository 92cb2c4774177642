import ts from "typescript";

import { type DocComment, docComment } from "./doc-comments";
import { constant, type Found } from "./source";

/** A setting as the source declares it: one property of a zod object, or one key of the configuration. */
export interface Row {
  readonly name: string;
  readonly comment: DocComment;
  /** The settings inside it. */
  readonly groups: () => readonly RowGroup[];
}

/** Rows that the source declares together, in a constant of their own. */
export interface RowGroup {
  /** Name of the constant; empty for rows without one. */
  readonly name: string;
  readonly comment: DocComment;
  readonly rows: readonly Row[];
}

/**
 * The rows of the constant `name`, with the groups that it spreads. The constant is an object, or a zod object with or
 * without checks, such as `z.strictObject({ ...groupRows, key: schema }).superRefine(check)`.
 *
 * @throws Error when `file` has no such constant
 */
export function rowGroups(file: string, name: string): readonly RowGroup[] {
  const found = constant(file, name);
  const groups = found ? groupsOf(found) : [];
  if (groups.length === 0) throw new Error(`${file} has no rows ${name}`);
  return groups;
}

/** The groups that a declared constant spreads, then its own rows. */
function groupsOf(declared: Found<ts.VariableDeclaration>): readonly RowGroup[] {
  const { node } = declared;
  const literal = node.initializer && objectLiteral({ ...declared, node: node.initializer });
  if (!literal) return [];
  // A constant that only refers to another one has the other one's name and comment.
  if (literal.declared) return groupsOf(literal.declared);
  return groupsOfLiteral(literal.object, node.name.getText(), docComment(node));
}

function groupsOfLiteral(
  object: Found<ts.ObjectLiteralExpression>,
  name: string,
  comment: DocComment,
): readonly RowGroup[] {
  const { file, source, node } = object;
  const groups = node.properties
    .filter(ts.isSpreadAssignment)
    .flatMap(({ expression }) => groupsIn({ file, source, node: expression }));
  const rows = node.properties.flatMap((property) => rowOf({ file, source, node: property }));
  return rows.length > 0 || name !== "" ? [...groups, { name, comment, rows }] : groups;
}

function rowOf({ file, source, node }: Found<ts.ObjectLiteralElementLike>): readonly Row[] {
  const value = ts.isPropertyAssignment(node)
    ? node.initializer
    : ts.isShorthandPropertyAssignment(node)
      ? node.name
      : undefined;
  if (!value || !node.name) return [];
  return [
    {
      name: node.name.getText(source),
      comment: docComment(node),
      groups: () => groupsIn({ file, source, node: value }),
    },
  ];
}

/** The groups of rows in an expression, which may wrap them: `z.array(service)`, `key(settings, {})`. */
function groupsIn(expression: Found<ts.Expression>): readonly RowGroup[] {
  const literal = objectLiteral(expression);
  if (!literal) return [];
  if (literal.declared) return groupsOf(literal.declared);
  return groupsOfLiteral(literal.object, "", { meaning: "", see: [] });
}

/** An object literal, and the constant that declares it, when the expression names one. */
interface Literal {
  readonly object: Found<ts.ObjectLiteralExpression>;
  readonly declared?: Found<ts.VariableDeclaration>;
}

/**
 * The first object literal in an expression. The receiver of a call comes before the arguments, so that
 * `settings.extend({ … })` leads to the rows of `settings`.
 */
function objectLiteral({ file, source, node }: Found<ts.Expression>): Literal | undefined {
  const inside = (expression: ts.Expression) => objectLiteral({ file, source, node: expression });
  if (ts.isObjectLiteralExpression(node)) return { object: { file, source, node } };
  if (ts.isPropertyAccessExpression(node)) return inside(node.expression);
  if (ts.isArrayLiteralExpression(node)) return first(node.elements, inside);
  if (ts.isCallExpression(node)) return first([node.expression, ...node.arguments], inside);
  if (!ts.isIdentifier(node)) return undefined;
  const declared = constant(file, node.text);
  const { initializer } = declared?.node ?? {};
  const literal = declared && initializer && objectLiteral({ ...declared, node: initializer });
  return literal && { declared, ...literal };
}

function first<Item, Result>(
  items: readonly Item[],
  find: (item: Item) => Result | undefined,
): Result | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

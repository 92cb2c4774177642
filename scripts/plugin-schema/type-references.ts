import ts from "typescript";

type Reference = ts.TypeReferenceNode | ts.ExpressionWithTypeArguments;

function isReference(node: ts.TypeNode): node is Reference {
  return ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node);
}

/** The type arguments of a reference such as `Readonly<Settings>`. */
export function typeArguments(node: ts.TypeNode): readonly ts.TypeNode[] {
  return isReference(node) ? (node.typeArguments ?? []) : [];
}

/** The name of a reference, such as `pulumi.Input`. */
export function referenceName(node: ts.TypeNode, source: ts.SourceFile): string | undefined {
  if (!isReference(node)) return undefined;
  return (ts.isTypeReferenceNode(node) ? node.typeName : node.expression).getText(source);
}

/** The constant and the side of a type such as `z.input<typeof settings>`. */
export function zodReference(
  node: ts.TypeNode,
  source: ts.SourceFile,
): [constant: string, io: "input" | "output"] | undefined {
  const io = /^z\.(input|output)$/.exec(referenceName(node, source) ?? "")?.[1];
  const [argument] = typeArguments(node);
  if (io === undefined || !argument || !ts.isTypeQueryNode(argument)) return undefined;
  return [argument.exprName.getText(source), io as "input" | "output"];
}

import ts from "typescript";

/** What a doc comment says. */
export interface DocComment {
  /** The text before the tags: one line, and one more for each item of a list (Markdown). Empty without a doc comment. */
  readonly meaning: string;
  /** `@default`, as written. */
  readonly default?: string;
  /** Each `@see`, as written. */
  readonly see: readonly string[];
}

/** The doc comment above a declaration. */
export function docComment(node: ts.Node): DocComment {
  const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)?.comment;
  const [defaultText] = tagged(node, "default");
  return {
    meaning: (ts.getTextOfJSDocComment(comment) ?? "")
      .split(/\n(?=- )/)
      .map(oneLine)
      .join("\n"),
    ...(defaultText !== undefined && { default: defaultText }),
    see: tagged(node, "see"),
  };
}

/** The texts of all tags of a name. */
function tagged(node: ts.Node, tag: string): readonly string[] {
  return ts
    .getJSDocTags(node)
    .filter(({ tagName }) => tagName.text === tag)
    .map((found) => oneLine(tagText(found)));
}

/** The text of a tag. The compiler's own text lacks the scheme of a URL, which it takes for a name. */
function tagText(tag: ts.JSDocTag): string {
  return tag
    .getText()
    .replace(/^@\w+\s*/, "")
    .replace(/^\s*\*\/?/gm, "");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

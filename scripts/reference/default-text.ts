/** The text of a default: a JSON literal, words, or a literal and then words. */
export interface DefaultText {
  readonly literal?: string;
  /** Words without the parentheses around them. */
  readonly words: string;
}

const LITERAL = /^("[^"]*"|-?[\d.]+|true|false|\[.*?\]|\{.*?\})(?=\s|$|;)/;

/** Splits a default such as `87600 (10 years)`. */
export function splitDefault(text: string): DefaultText {
  const literal = LITERAL.exec(text)?.[1];
  const words = text.slice(literal?.length ?? 0).trim();
  return { ...(literal !== undefined && { literal }), words: words.replace(/^\((.*)\)$/, "$1") };
}

/** A default as Markdown, with its literal as code. */
export function defaultMarkdown(text: string): string {
  return text.replace(LITERAL, "`$1`");
}

/** A link on a page. */
interface Link {
  readonly line: number;
  /** The target, as written. */
  readonly target: string;
}

const FENCE = /^\s*(`{3,}|~{3,})/;
const INLINE = /!?\[(?:[^[\]]|\[[^\]]*\])*\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const DEFINITION = /^\s*\[[^\]]+\]:\s+(\S+)/;
const HTML = /<(?:a|img|source)\s[^>]*?(?:href|src|srcset)="([^"\s]+)"/g;

/** Finds all links in a Markdown text outside code: inline, by reference, and in HTML. */
export function linksIn(text: string): readonly Link[] {
  return prose(text).flatMap(({ line, content }) => {
    const visible = content.replace(/(`+)(?!`).*?\1/g, (code) => " ".repeat(code.length));
    const definition = DEFINITION.exec(visible)?.[1];
    const targets = [
      ...[...visible.matchAll(INLINE)].map(([, target]) => target),
      ...[...visible.matchAll(HTML)].map(([, target]) => target),
      ...(definition === undefined ? [] : [definition]),
    ];
    return targets.flatMap((target) => (target === undefined ? [] : [{ line, target }]));
  });
}

/** Finds the anchors of a Markdown text: those that GitHub creates for headings, and those in HTML. */
export function anchorsIn(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  const seen = new Map<string, number>();
  for (const { content } of prose(text)) {
    for (const [, id = ""] of content.matchAll(/<a\s[^>]*?(?:id|name)="([^"]+)"/g)) anchors.add(id);
    const heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*$/.exec(content)?.[1];
    if (heading === undefined) continue;
    const base = slug(heading);
    const before = seen.get(base) ?? 0;
    seen.set(base, before + 1);
    anchors.add(before === 0 ? base : `${base}-${before}`);
  }
  return anchors;
}

/** Converts a heading to GitHub's anchor: lower case, a dash for each space, no other punctuation. */
function slug(heading: string): string {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

/** Lists the lines outside code blocks, numbered from 1. */
function prose(text: string): readonly { line: number; content: string }[] {
  let fence: string | undefined;
  return text.split("\n").flatMap((content, index) => {
    const mark = FENCE.exec(content)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
      return [];
    }
    if (mark !== undefined) {
      fence = mark;
      return [];
    }
    return [{ line: index + 1, content }];
  });
}

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { describe, expect, it } from "vitest";

import { anchorsIn, linksIn } from "../../../scripts/markdown-links";
import { filesIn } from "../../support/tree";

const pages = filesIn(".", ".md");
const sources = filesIn(".", ".ts", ".mjs", ".yml", ".yaml", ".go").filter(
  (file) => !file.startsWith("test/"),
);

/** Why a link of `page` leads nowhere, or nothing. */
function broken(page: string, target: string): string | undefined {
  if (/^[a-z]+:/.test(target)) return undefined; // another site's business
  const [path = "", anchor] = decodeURI(target).split("#");
  const file = path === "" ? page : join(path.startsWith("/") ? "." : dirname(page), path);
  if (!existsSync(file)) return `${target}: there is no ${file}`;
  if (anchor === undefined || !file.endsWith(".md")) return undefined;
  return anchorsIn(readFileSync(file, "utf8")).has(anchor)
    ? undefined
    : `${target}: ${file} has no heading #${anchor}`;
}

describe("links", () => {
  it.each(pages)("of %s lead somewhere", (page) => {
    const complaints = linksIn(readFileSync(page, "utf8")).flatMap(({ line, target }) => {
      const complaint = broken(page, target);
      return complaint === undefined ? [] : [`${page}:${line}: ${complaint}`];
    });
    expect(complaints).toEqual([]);
  });

  it("of messages and comments in code lead somewhere", () => {
    const complaints = sources.flatMap((source) =>
      [
        ...readFileSync(source, "utf8").matchAll(/(?<![\w/.])docs\/[\w-]+\.md(?:#[\w-]+)?/g),
      ].flatMap(([target]) => {
        const complaint = broken("README.md", target);
        return complaint === undefined ? [] : [`${source}: ${complaint}`];
      }),
    );
    expect(complaints).toEqual([]);
  });
});

describe("linksIn", () => {
  it("finds each kind of link, with its line", () => {
    const text = [
      "See [one](a.md#x) and ![two](b.svg).",
      "[three]: c.md",
      '<a href="d.md">four</a> [a [nested] text](e.md "title")',
    ].join("\n");
    expect(linksIn(text)).toEqual([
      { line: 1, target: "a.md#x" },
      { line: 1, target: "b.svg" },
      { line: 2, target: "c.md" },
      { line: 3, target: "e.md" },
      { line: 3, target: "d.md" },
    ]);
  });

  it("finds none in code", () => {
    expect(linksIn("`[a](b.md)` ``[c](d.md)``\n```sh\n[e](f.md)\n```\n")).toEqual([]);
  });
});

describe("anchorsIn", () => {
  it("names headings as GitHub does", () => {
    const text = "# Key hand-over: `server` or `client`?\n## Drift\n## Drift\n```\n# no\n```\n";
    expect([...anchorsIn(text)]).toEqual(["key-hand-over-server-or-client", "drift", "drift-1"]);
  });
});

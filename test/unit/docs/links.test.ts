import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { describe, expect, test } from "vitest";

import { anchorsIn, linksIn } from "../../support/markdown-links";
import { filesIn } from "../../support/tree";

const pages = filesIn(".", ".md");
const sources = filesIn(".", ".ts", ".mjs", ".yml", ".yaml", ".go").filter(
  (file) => !file.startsWith("test/"),
);

/** Says why a link on `page` is broken; undefined if it works. */
function findBreak(page: string, target: string): string | undefined {
  if (/^[a-z]+:/.test(target)) return undefined; // The workflow links.yml checks external links.
  const [path = "", anchor] = decodeURI(target).split("#");
  const file = path === "" ? page : join(path.startsWith("/") ? "." : dirname(page), path);
  if (!existsSync(file)) return `${target}: ${file} does not exist`;
  if (anchor === undefined || !file.endsWith(".md")) return undefined;
  return anchorsIn(readFileSync(file, "utf8")).has(anchor)
    ? undefined
    : `${target}: ${file} has no heading #${anchor}`;
}

describe("links", () => {
  test.each(pages)("of %s are not broken", (page) => {
    const complaints = linksIn(readFileSync(page, "utf8")).flatMap(({ line, target }) => {
      const complaint = findBreak(page, target);
      return complaint === undefined ? [] : [`${page}:${line}: ${complaint}`];
    });
    expect(complaints).toEqual([]);
  });

  test("to docs/ in messages and comments of the code are not broken", () => {
    const complaints = sources.flatMap((source) =>
      [
        ...readFileSync(source, "utf8").matchAll(/(?<![\w/.])docs\/[\w-]+\.md(?:#[\w-]+)?/g),
      ].flatMap(([target]) => {
        const complaint = findBreak("README.md", target);
        return complaint === undefined ? [] : [`${source}: ${complaint}`];
      }),
    );
    expect(complaints).toEqual([]);
  });
});

describe("linksIn", () => {
  test("finds each kind of link, with its line", () => {
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

  test("finds no links in code", () => {
    expect(linksIn("`[a](b.md)` ``[c](d.md)``\n```sh\n[e](f.md)\n```\n")).toEqual([]);
  });
});

describe("anchorsIn", () => {
  test("creates the same anchors as GitHub", () => {
    const text = "# Key hand-over: `server` or `client`?\n## Drift\n## Drift\n```\n# no\n```\n";
    expect([...anchorsIn(text)]).toEqual(["key-hand-over-server-or-client", "drift", "drift-1"]);
  });
});

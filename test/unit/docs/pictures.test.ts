import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { DARK, pictures, PICTURES, render } from "../../../scripts/pictures";

const GUIDE = readFileSync("docs/architecture.md", "utf8");
/** The maximum width that GitHub does not scale down, next to its list of files. */
const MAX_WIDTH = 1010;

describe.each(pictures())("the picture $name", ({ name, source, rendered }) => {
  test("is up to date: otherwise run `npm run docs`", async () => {
    expect(existsSync(rendered) && readFileSync(rendered, "utf8")).toBe(await render(source));
  });

  test("has a dark colour for each colour", () => {
    const used = [...source.matchAll(/"(#[0-9a-f]{6})"/g)].map(([, colour = ""]) => colour);
    expect(used).not.toEqual([]);
    expect([...new Set(used)].filter((colour) => !(colour in DARK))).toEqual([]);
  });

  test("fits the width of a page and loads nothing", async () => {
    const svg = await render(source);
    expect(Number(/<svg [^>]*width="(\d+)"/.exec(svg)?.[1])).toBeLessThanOrEqual(MAX_WIDTH);
    expect(svg).not.toMatch(/<script|<image|href=|url\(/);
  });

  test("is on the page, with a text alternative", () => {
    const [, alternative = ""] =
      new RegExp(`!\\[([^\\]]+)\\]\\(pictures/${name}\\.svg\\)`).exec(GUIDE) ?? [];
    expect(alternative.length).toBeGreaterThan(60);
  });
});

describe("pictures", () => {
  test("every rendered picture has a source", () => {
    const rendered = readdirSync(PICTURES).filter((file) => file.endsWith(".svg"));
    expect(rendered.map((file) => join(PICTURES, file)).sort()).toEqual(
      pictures()
        .map((picture) => picture.rendered)
        .sort(),
    );
  });

  test("a wrong source is an error with its reason", async () => {
    await expect(render("digraph { a -> b:nowhere [label=<<b>>] }")).rejects.toThrow(
      /label|mismatched/i,
    );
  });
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { DARK, pictures, PICTURES, render } from "../../../scripts/pictures";

const GUIDE = readFileSync("docs/architecture.md", "utf8");
/** Widest that GitHub shows at its own size, beside its list of files. */
const WIDEST = 1010;

describe.each(pictures())("the picture $name", ({ name, source, rendered }) => {
  it("is up to date: else run `npm run docs`", async () => {
    expect(existsSync(rendered) && readFileSync(rendered, "utf8")).toBe(await render(source));
  });

  it("has a dark colour for each that it uses", () => {
    const used = [...source.matchAll(/"(#[0-9a-f]{6})"/g)].map(([, colour = ""]) => colour);
    expect(used).not.toEqual([]);
    expect([...new Set(used)].filter((colour) => !(colour in DARK))).toEqual([]);
  });

  it("is no wider than a page shows it, and asks for nothing outside itself", async () => {
    const svg = await render(source);
    expect(Number(/<svg [^>]*width="(\d+)"/.exec(svg)?.[1])).toBeLessThanOrEqual(WIDEST);
    expect(svg).not.toMatch(/<script|<image|href=|url\(/);
  });

  it("is on the page, with words for those who do not see it", () => {
    const [, words = ""] =
      new RegExp(`!\\[([^\\]]+)\\]\\(pictures/${name}\\.svg\\)`).exec(GUIDE) ?? [];
    expect(words.length).toBeGreaterThan(60);
  });
});

describe("pictures", () => {
  it("has no rendered one without its source", () => {
    const rendered = readdirSync(PICTURES).filter((file) => file.endsWith(".svg"));
    expect(rendered.map((file) => join(PICTURES, file)).sort()).toEqual(
      pictures()
        .map((picture) => picture.rendered)
        .sort(),
    );
  });

  it("says what is wrong with a source", async () => {
    await expect(render("digraph { a -> b:nowhere [label=<<b>>] }")).rejects.toThrow(
      /label|mismatched/i,
    );
  });
});

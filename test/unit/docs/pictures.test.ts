import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { DARK_COLOURS } from "../../../report/palette";
import { listPictures, PICTURES_FOLDER, render } from "../../../scripts/pictures";

const GUIDE = readFileSync("docs/architecture.md", "utf8");
/** Maximum width that GitHub shows without scaling, next to its list of files. */
const MAX_WIDTH = 1010;

describe.each(listPictures())("the picture $name", ({ name, source, rendered }) => {
  test("is up to date: otherwise run `npm run docs`", async () => {
    expect(existsSync(rendered) && readFileSync(rendered, "utf8")).toBe(await render(source));
  });

  test("has a dark colour for each colour that it uses", () => {
    const used = [...source.matchAll(/"(#[0-9a-f]{6})"/g)].map(([, colour = ""]) => colour);
    expect(used).not.toEqual([]);
    expect([...new Set(used)].filter((colour) => !(colour in DARK_COLOURS))).toEqual([]);
  });

  test("fits the page, and loads nothing from outside", async () => {
    const svg = await render(source);
    expect(Number(/<svg [^>]*width="(\d+)"/.exec(svg)?.[1])).toBeLessThanOrEqual(MAX_WIDTH);
    expect(svg).not.toMatch(/<script|<image|href=|url\(/);
  });

  test("is on the page, with an alternative text", () => {
    const [, alternative = ""] =
      new RegExp(`!\\[([^\\]]+)\\]\\(pictures/${name}\\.svg\\)`).exec(GUIDE) ?? [];
    expect(alternative.length).toBeGreaterThan(60);
  });
});

describe("pictures", () => {
  test("have a source for each rendered file", () => {
    const rendered = readdirSync(PICTURES_FOLDER).filter((file) => file.endsWith(".svg"));
    expect(rendered.map((file) => join(PICTURES_FOLDER, file)).sort()).toEqual(
      listPictures()
        .map((picture) => picture.rendered)
        .sort(),
    );
  });

  test("report the mistake in a source", async () => {
    await expect(render("digraph { a -> b:nowhere [label=<<b>>] }")).rejects.toThrow(
      /label|mismatched/i,
    );
  });
});

import { beforeAll, describe, expect, test } from "vitest";

import { searchForKeys } from "../../../checks/toolkit/key-search";
import { renderPage } from "../../../report/page";
import { DARK_COLOURS } from "../../../report/palette";
import { labData, verifyData } from "../../support/page-data";

const KINDS = { lab: labData, verify: verifyData };

describe.each(Object.entries(KINDS))("the page of %s", (kind, data) => {
  let page: string;
  beforeAll(async () => {
    page = await renderPage(data);
  });
  const all = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, found = ""]) => found);

  test("loads nothing and runs nothing", () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<object|@import|url\((?!#)|\ssrc=/i);
    expect(all(/href="([^"]*)"/g).filter((target) => !target.startsWith("#"))).toEqual([]);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test("has no key and no certificate", async () => {
    const { problems } = await searchForKeys([{ name: "page", text: page }]);
    expect(problems).toEqual([]);
    expect(page).not.toContain("-----BEGIN");
  });

  test("has landmarks, and one heading of the first level", () => {
    expect(all(/<(header|nav|main)[ >]/g)).toEqual(["header", "nav", "main"]);
    expect(all(/<h1>(.*)<\/h1>/g)).toEqual(["Mesh to mesh, by mutual TLS"]);
    expect(page).toMatch(/^<!doctype html>\s*<html lang="en">/);
  });

  test("skips no level of headings", () => {
    const levels = all(/<h([1-6])/g).map(Number);
    for (const [index, level] of levels.entries()) {
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
    }
  });

  test("has unique IDs, and links that lead to one", () => {
    const ids = all(/ id="([^"]+)"/g);
    expect(ids).toEqual([...new Set(ids)]);
    for (const link of all(/href="#([^"]+)"/g)) expect(ids).toContain(link);
    for (const label of all(/aria-labelledby="([^"]+)"/g)) expect(ids).toContain(label);
  });

  test("names each drawing for a screen reader, and each table", () => {
    const drawings = page.match(/<svg [^>]*>/g) ?? [];
    expect(drawings.length).toBeGreaterThanOrEqual(5);
    for (const drawing of drawings) expect(drawing).toMatch(/role="img" aria-label="[^"]{40,}"/);
    expect(all(/(<table)/g)).toHaveLength(all(/(<caption>)/g).length);
  });

  test("has drawings without a colour that stays the same for readers who prefer dark", () => {
    const drawings = all(/(<svg [\s\S]*?<\/svg>)/g).map((svg) =>
      svg.replace(/<clipPath[\s\S]*?<\/clipPath>/g, ""),
    );
    const used = drawings.flatMap((svg) =>
      [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour = ""]) => colour),
    );
    const fixed = used.filter(
      (colour) => !(colour in DARK_COLOURS) && colour !== "none" && colour !== "transparent",
    );
    expect([...new Set(fixed)]).toEqual([]);
    expect(drawings.join("")).not.toMatch(/style="[^"]*(?:fill|stroke):/);
  });

  test(`shows ${kind === "lab" ? "stories and timings" : "no stories and no timings"}`, () => {
    const sections = all(/<section id="([^"]+)"/g);
    const others = kind === "lab" ? ["stories", "timings"] : [];
    expect(sections).toEqual(["path", "certificates", "checks", ...others, "versions"]);
    expect(all(/<li><a href="#([^"]+)">/g)).toEqual(expect.arrayContaining(sections));
  });
});

test("observations cannot add elements to the page", async () => {
  const page = await renderPage(verifyData);
  expect(page).toContain("503 &lt;b&gt;&quot;UC&quot;&lt;/b&gt;");
});

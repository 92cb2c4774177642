import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { updatePage } from "../../../bench/markdown-page";
import { SUBJECTS } from "../../../bench/options";

const report = {
  subject: "path",
  date: "2030-01-02T03:04:05Z",
  machine: { processors: 2, model: "Xeon", load: [1, 2], busy: 0.5 },
  tables: [{ title: "Requests", columns: ["", "per second"], rows: [["deployed", "706"]] }],
  plots: [],
  samples: {},
} as const;

test("a page keeps everything but the section of the subject", () => {
  const page = ["before", "<!-- npm run bench -- path -->", "old", "<!-- end of path -->", "after"];
  const updated = updatePage(page.join("\n"), report);
  expect(updated).toMatch(/^before\n<!-- npm run bench -- path -->\n/);
  expect(updated).toMatch(/\n<!-- end of path -->\nafter$/);
  expect(updated).toContain("| deployed |        706 |");
  expect(updated).toContain("Measured on 2030-01-02: 2 processors (Xeon), 50 % busy");
  expect(updated).not.toContain("old");
  expect(updatePage(updated, report)).toBe(updated);
});

test("a page shows the plots, if they are written too", () => {
  const plot = {
    name: "p",
    title: "P",
    kind: "bar",
    unit: "s",
    categories: [],
    series: [],
  } as const;
  const withPlot = { ...report, plots: [plot] };
  expect(updatePage("", withPlot, "pictures/bench")).toContain("\n![P](pictures/bench/p.svg)\n");
  expect(updatePage("", withPlot)).not.toContain("![");
});

test.each(Object.keys(SUBJECTS).filter((subject) => subject !== "lab"))(
  "docs/performance.md has a section for %s",
  (subject) => {
    const page = readFileSync("docs/performance.md", "utf8");
    expect(page).toContain(`<!-- npm run bench -- ${subject} -->`);
    expect(page).toContain(`<!-- end of ${subject} -->`);
  },
);

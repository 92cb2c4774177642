import { format } from "prettier";
import { expect, test } from "vitest";

import { renderMarkdown, renderText } from "../../../bench/table";

const table = {
  title: "Requests",
  columns: ["", "per second"],
  rows: [
    ["deployed", "706"],
    ["direct", "5,400 (5,300–5,500)"],
  ],
  note: "Median.",
};

test("a table is aligned on the terminal", () => {
  expect(renderText(table)).toBe(
    [
      "Requests",
      "",
      "                    per second",
      "deployed                   706",
      "direct     5,400 (5,300–5,500)",
      "",
      "Median.",
      "",
    ].join("\n"),
  );
});

test("a table in Markdown is as Prettier formats it", async () => {
  const markdown = renderMarkdown(table);
  expect(markdown).toContain("| deployed |");
  expect(await format(markdown, { parser: "markdown" })).toBe(markdown);
});

test("a bar in a cell does not begin another cell", () => {
  const table = { title: "Bars", columns: ["a"], rows: [["outbound|80"]] };
  expect(renderMarkdown(table)).toContain("| outbound\\|80 |");
});

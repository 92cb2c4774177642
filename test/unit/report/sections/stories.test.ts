import { describe, expect, test } from "vitest";

import { storiesSection } from "../../../../report/sections/stories";
import { labData } from "../../../support/page-data";

const [story] = labData.stories ?? [];
if (!story) throw new Error("the lab's data must have a story");
const [first, second] = story.load;
if (!first || !second) throw new Error("the story must have two phases");

const render = (load = story.load) =>
  storiesSection({ ...labData, stories: [{ ...story, load }] })?.content.text ?? "";
const rowsOf = (text: string) =>
  (/<tbody[\s\S]*<\/tbody>/.exec(text)?.[0] ?? "")
    .split("</tr>")
    .map((row) =>
      row
        .replace(/<span class="label"[^>]*>[^<]*<\/span>/g, "")
        .replace(/<[^>]+>/g, " ")
        .trim()
        .split(/\s{2,}/),
    )
    .filter(([cell]) => cell !== "");

describe("the stories", () => {
  test("are absent if none was told", () => {
    expect(storiesSection({ ...labData, stories: [] })).toBeUndefined();
  });

  test("have a row for each phase, with its moment and its statistics", () => {
    expect(rowsOf(render())).toEqual([
      ["1. before", "0 s", "200", "0", "5", "12", "120", "ms until seen: 4,200"],
      [
        "2. replace the server&#39;s leaf",
        "10 s",
        "1,600",
        "3",
        "5",
        "12",
        "120",
        "ms until seen: 4,200",
      ],
    ]);
  });

  test("join the trials of a fault, with the worst of them", () => {
    const trial = { ...second, gapMs: 900, figures: {} };
    const text = render([{ ...first, figures: {} }, { ...second, figures: {} }, trial]);
    expect(rowsOf(text).at(-1)).toEqual([
      ...["2. replace the server&#39;s leaf", "10 s", "2", "3,200", "6", "5", "12", "900"],
    ]);
    expect(text).toContain("Times are the worst of all trials");
  });

  test("show the number of each phase, the failures and the steps in the plot", () => {
    const [wide = ""] = render().match(/<svg [\s\S]*?<\/svg>/g) ?? [];
    expect(wide).toMatch(/>1<\/text>[\s\S]*>2<\/text>/);
    expect(wide).toContain("pulumi up server");
    expect(wide).toContain("Requests per second");
  });
});

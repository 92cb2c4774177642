import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { findPhrases } from "../../scripts/prose/find";
import { rules } from "../../scripts/prose/rules";
import { filesIn } from "../support/tree";

/** Files with bad phrases on purpose, and code that other projects wrote. */
const EXEMPT = ["scripts/prose/rules.ts", "test/unit/prose.test.ts"];
const ENDINGS = [".ts", ".mjs", ".cjs", ".go", ".md", ".yml", ".yaml", ".dot", ".jq", ".sh"];

const files = filesIn(".", ...ENDINGS, "dashboard.json").filter(
  (file) => !EXEMPT.some((exempt) => file.startsWith(exempt)),
);
const folders = [...new Set(files.map((file) => (file.includes("/") ? file.split("/")[0] : ".")))];

describe("plain English", () => {
  test.each(folders)("in %s", (folder) => {
    const inFolder = files.filter((file) =>
      folder === "." ? !file.includes("/") : file.startsWith(`${folder ?? ""}/`),
    );
    const found = inFolder.flatMap((file) =>
      findPhrases(readFileSync(file, "utf8")).map(
        ({ line, phrase, instead }) => `${file}:${line}: "${phrase}": write ${instead}`,
      ),
    );
    expect(found.join("\n")).toBe("");
  });
});

describe.each(rules)("the rule $phrase", (rule) => {
  test.each(rule.bad)("rejects: %s", (text) => {
    expect(findPhrases(text, [rule])).toHaveLength(1);
  });

  test.each(rule.good)("accepts: %s", (text) => {
    expect(findPhrases(text)).toEqual([]);
  });
});

describe("findPhrases", () => {
  const found = (text: string) => findPhrases(text).map(({ line, phrase }) => `${line}: ${phrase}`);

  test("gives the line and the phrase, in the order of the text", () => {
    expect(found("fine\nthus it ends\nwhoever reads, shall read")).toEqual([
      "2: thus",
      "3: whoever",
      "3: shall",
    ]);
  });

  test.each([
    ["a comment of lines", "  // the value is\n  // no text"],
    ["a doc comment", "/**\n * The value is\n * no text.\n */"],
    ["a comment in YAML", "  # the value is\n  # no text"],
    ["a string in two parts", '  "the value is " +\n    "no text"'],
    ["a paragraph", "the value is\nno text"],
  ])("finds a phrase that is broken in %s", (_where, text) => {
    expect(findPhrases(text).map(({ phrase }) => phrase)).toEqual(["is no text"]);
  });

  test("ignores addresses", () => {
    expect(found("see https://example.com/upon#thus")).toEqual([]);
  });
});

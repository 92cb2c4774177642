import { readFileSync } from "node:fs";

import { beforeAll, describe, expect, test } from "vitest";

import { requirements } from "../../../checks/requirements";
import { checks } from "../../../checks/suites";
import { CHECKS_PAGE, checksReference } from "../../../scripts/checks-reference";

describe("docs/checks.md", () => {
  let generated: string;
  // Prettier takes a while to load on a busy machine.
  beforeAll(async () => {
    generated = await checksReference();
  }, 60_000);

  test("is up to date: if not, run `npm run docs`", () => {
    expect(readFileSync(CHECKS_PAGE, "utf8")).toBe(generated);
  });

  test("has a row for each check and for each requirement", () => {
    const rows = new Set(
      generated.split("\n").map((line) => /^\| `([^`]+)` +\|/.exec(line)?.[1] ?? ""),
    );
    const wanted = [...checks.map(({ slug }) => slug), ...Object.keys(requirements)];
    expect(wanted.filter((name) => !rows.has(name))).toEqual([]);
  });
});

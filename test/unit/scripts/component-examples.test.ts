import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { EXAMPLES, examplesModule, readExamples } from "../../../scripts/component-examples";

test("each component has an example", () => {
  const without = readExamples().filter(({ code }) => code === undefined);
  expect(without).toEqual([]);
});

test(`${EXAMPLES} is up to date, so the type checker compiles the examples`, async () => {
  expect(readFileSync(EXAMPLES, "utf8"), "run `npm run docs`").toBe(await examplesModule());
});

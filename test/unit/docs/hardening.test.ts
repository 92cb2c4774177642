import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { rules } from "../../../policy/rules";
import { filesIn } from "../../support/tree";

const page = readFileSync("docs/gke-hardening.md", "utf8");
const settings = readFileSync("docs/configuration.md", "utf8");
const sources = [...filesIn("components", ".ts"), ...filesIn("policy/rules", ".ts")].map((file) =>
  readFileSync(file, "utf8"),
);

/** Each match of the pattern's first group, once. */
function cited(pattern: RegExp): string[] {
  return [
    ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name = ""]) => name))),
  ].sort();
}

test("every number of the benchmark that the code names is on the page", () => {
  const numbers = cited(/CIS GKE 1\.4:([\s*\d.,]+)/g).flatMap(
    (list) => list.match(/\d+(?:\.\d+)+/g) ?? [],
  );
  expect(numbers.length).toBeGreaterThan(20);
  expect(numbers.filter((number) => !new RegExp(`\\b${number}\\b`).test(page))).toEqual([]);
});

test("every page of Google's that the hardening rests on is linked", () => {
  const pages = cited(/…(\/docs\/[\w/#-]+)/g);
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.filter((path) => !page.includes(path) && !settings.includes(path))).toEqual([]);
});

test("every rule about GKE is named", () => {
  const names = rules.map(({ name }) => name).filter((name) => /^(?:gke|gcp)-/.test(name));
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

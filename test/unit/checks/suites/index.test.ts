import { expect, test } from "vitest";

import { AREAS } from "../../../../checks/check";
import { checks } from "../../../../checks/suites";

const slugs = checks.map(({ slug }) => slug);

test("each check has its own slug and its own title", () => {
  expect(slugs.filter((slug, index) => slugs.indexOf(slug) !== index)).toEqual([]);
  expect(new Set(checks.map(({ title }) => title)).size).toBe(checks.length);
});

test("each slug is an area and lowercase words", () => {
  const pattern = new RegExp(`^(?:${Object.keys(AREAS).join("|")})/[a-z0-9]+(?:-[a-z0-9]+)*$`);
  expect(slugs.filter((slug) => !pattern.test(slug))).toEqual([]);
});

test("each check says what it defends and against what, in one sentence", () => {
  const sentence = /^[A-Z`][^]+[^.]\.$/;
  const wrong = checks.filter(({ why, threat }) => !sentence.test(why) || !sentence.test(threat));
  expect(wrong.map(({ slug }) => slug)).toEqual([]);
});

test("exclusive checks come last, and the search for keys at the very end", () => {
  const firstExclusive = checks.findIndex(({ exclusive }) => exclusive);
  expect(checks.slice(firstExclusive).every(({ exclusive }) => exclusive)).toBe(true);
  expect(slugs.at(-1)).toBe("secrets/no-key-leaked");
});

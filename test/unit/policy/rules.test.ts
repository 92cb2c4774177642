import { readdirSync, readFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { rules } from "../../../policy/rules";
import type { Example, Resource } from "../../../policy/rule";
import { ServedPack, UNKNOWN } from "../../support/policy-pack";

// The pack is a process of its own, which compiles itself first; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let pack: ServedPack;
beforeAll(async () => {
  pack = await ServedPack.start();
});
afterAll(async () => {
  await pack[Symbol.asyncDispose]();
});

test("each file of policy/rules is a rule of the pack, named as its file", () => {
  const files = readdirSync("policy/rules")
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((file) => file !== "index");
  expect(rules.map(({ name }) => name)).toEqual(files);
  expect(pack.rules).toEqual(files);
});

test("the pack, published by itself, asks for what the project has tested it with", () => {
  const { dependencies } = manifest("policy/package.json");
  const project = manifest("package.json");
  expect({ ...project.dependencies, ...project.devDependencies }).toMatchObject(dependencies);
});

describe.each(rules.map((rule) => [rule.name, rule] as const))("%s", (name, rule) => {
  test.each(Object.entries(rule.examples.passes))("lets pass: %s", async (_, example) => {
    expect(await pack.violations(list(example))).toEqual([]);
  });

  test.each(Object.entries(rule.examples.fails))("stops: %s", async (_, example) => {
    const found = await pack.violations(list(example));
    expect([...new Set(found.map((violation) => violation.rule))]).toEqual([name]);
    for (const { level } of found) expect(level).toBe(rule.level);
  });

  test("has an example of both kinds", () => {
    expect(Object.keys(rule.examples.passes)).not.toEqual([]);
    expect(Object.keys(rule.examples.fails)).not.toEqual([]);
  });
});

test("what a preview does not know yet is let pass, without a word", async () => {
  const examples = rules.flatMap((rule) => Object.values(rule.examples.passes)).map(list);
  const distinct = new Map(examples.map((example) => [JSON.stringify(example), example]));
  const previews = [...distinct.values()].flatMap(unknowns);
  const found = await Promise.all(
    previews.map(async (resources) => ({
      resources,
      violations: await pack.violations(resources),
    })),
  );
  expect(found.filter(({ violations }) => violations.length > 0)).toEqual([]);
});

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function manifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}

function list(example: Example): readonly Resource[] {
  return "type" in example ? [example] : example;
}

/** The resources once for each of their values, with that one unknown. */
function unknowns(resources: readonly Resource[]): (readonly Resource[])[] {
  return resources.flatMap((resource, index) =>
    withUnknowns(resource.props).map((props) =>
      resources.with(index, { ...resource, props: props as Resource["props"] }),
    ),
  );
}

/** The value once for each value inside it, with that one unknown; all of it unknown is for the caller to try. */
function withUnknowns(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      [UNKNOWN, ...withUnknowns(item)].map((changed) => (value as unknown[]).with(index, changed)),
    );
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    [UNKNOWN, ...withUnknowns(inner)].map((changed) => ({ ...value, [key]: changed })),
  );
}

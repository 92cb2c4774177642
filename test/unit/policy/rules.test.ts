import { readdirSync, readFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { rules } from "../../../policy/rules";
import type { Example, Resource } from "../../../policy/rule";
import { ServedPack, UNKNOWN } from "../../support/policy-pack";

// The pack runs in its own process and compiles itself first, which takes time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let pack: ServedPack;
beforeAll(async () => {
  pack = await ServedPack.start();
});
afterAll(async () => {
  await pack[Symbol.asyncDispose]();
});

test("each file in policy/rules is a rule of the pack with the same name", () => {
  const files = readdirSync("policy/rules")
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((file) => file !== "index");
  expect(rules.map(({ name }) => name)).toEqual(files);
  expect(pack.rules).toEqual(files);
});

test("the pack's own package has the dependencies that the project tests it with", () => {
  const { dependencies } = manifest("policy/package.json");
  const project = manifest("package.json");
  expect({ ...project.dependencies, ...project.devDependencies }).toMatchObject(dependencies);
});

describe.each(rules.map((rule) => [rule.name, rule] as const))("%s", (name, rule) => {
  test.each(Object.entries(rule.examples.passes))("accepts: %s", async (_, example) => {
    expect(await pack.violations(list(example))).toEqual([]);
  });

  test.each(Object.entries(rule.examples.fails))("reports: %s", async (_, example) => {
    const found = await pack.violations(list(example));
    expect([...new Set(found.map((violation) => violation.rule))]).toEqual([name]);
    for (const { level, message } of found) {
      expect(level).toBe(rule.level);
      // What is allowed, and why or what to do.
      expect(message).toMatch(/^.+\.\n.+ must .+: .+\.$/);
    }
  });

  test("has examples of both kinds", () => {
    expect(Object.keys(rule.examples.passes)).not.toEqual([]);
    expect(Object.keys(rule.examples.fails)).not.toEqual([]);
  });
});

test("values that a preview does not know yet are accepted, without a warning", async () => {
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

/** Copies of the resources, each with another value unknown. */
function unknowns(resources: readonly Resource[]): (readonly Resource[])[] {
  return resources.flatMap((resource, index) =>
    withUnknowns(resource.props).map((props) =>
      resources.with(index, { ...resource, props: props as Resource["props"] }),
    ),
  );
}

/** Copies of a value, each with another value inside it unknown. */
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

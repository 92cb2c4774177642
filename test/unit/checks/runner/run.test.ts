import { setTimeout as delay } from "node:timers/promises";

import { expect, test, vi } from "vitest";

import type { Check, Fixture, Result } from "../../../../checks/check";
import type { Meshes } from "../../../../checks/meshes";
import { CannotRun } from "../../../../checks/toolkit/cannot-run";
import { runChecks, type RunOptions } from "../../../../checks/runner/run";

const MESHES = { minTlsVersion: "1.2" } as Meshes;

function check(name: string, run: Check["run"], overrides: Partial<Check> = {}): Check {
  return {
    slug: `path/${name}`,
    title: name,
    requirement: "plain-http-passes",
    expected: "it",
    why: "",
    threat: "",
    run,
    ...overrides,
  };
}

const PASSED = { pass: true, observed: "it" };

const passing = (name: string, overrides?: Partial<Check>) =>
  check(name, () => Promise.resolve(PASSED), overrides);

async function resultsOf(list: readonly Check[], options?: RunOptions): Promise<Result[]> {
  const results: Result[] = [];
  for await (const result of runChecks(list, MESHES, options)) results.push(result);
  return results;
}

test("a check that throws fails, and the others go on", async () => {
  const results = await resultsOf([
    passing("before"),
    check("throws", () => {
      throw new Error("at once");
    }),
    check("rejects", () => Promise.reject(new Error("later"))),
    passing("after"),
  ]);

  expect(results.map(({ title, pass, observed }) => [title, pass, observed])).toEqual([
    ["before", true, "it"],
    ["throws", false, "error: at once"],
    ["rejects", false, "error: later"],
    ["after", true, "it"],
  ]);
});

test("a check that does not end in time fails", async () => {
  const [result] = await resultsOf([check("hangs", () => new Promise<never>(() => undefined))], {
    timeoutMs: 20,
  });

  expect(result).toMatchObject({ pass: false, observed: "time-out: no result after 0.02 s" });
});

test("a skipped check has not passed, and says why", async () => {
  const [result] = await resultsOf([
    check("skips", () => Promise.resolve({ skipped: "no server" })),
  ]);

  expect(result).toMatchObject({ pass: false, skipped: true, observed: "skipped: no server" });
});

test("the expectation can depend on the meshes", async () => {
  const [result] = await resultsOf([
    passing("by version", { expectedFor: ({ minTlsVersion }) => `TLS ${minTlsVersion}` }),
  ]);

  expect(result?.expected).toBe("TLS 1.2");
});

test("results come in the order of the list, not of their completion", async () => {
  const results = await resultsOf([check("slow", () => delay(30, PASSED)), passing("fast")]);

  expect(results.map(({ title }) => title)).toEqual(["slow", "fast"]);
  expect(results[0]?.ms).toBeGreaterThanOrEqual(29);
});

test("checks run concurrently, except exclusive ones", async () => {
  let running = 0;
  const maxRunning: Record<string, number> = {};
  const watched = (name: string, overrides?: Partial<Check>) =>
    check(
      name,
      async () => {
        running++;
        await delay(10);
        maxRunning[name] = running;
        await delay(10);
        running--;
        return PASSED;
      },
      overrides,
    );
  await resultsOf(
    [
      watched("a"),
      watched("b"),
      watched("c"),
      watched("exclusive", { exclusive: true }),
      watched("second", { exclusive: true }),
      watched("d"),
    ],
    { concurrency: 2 },
  );

  expect(maxRunning).toMatchObject({ a: 2, b: 2, exclusive: 1, second: 1, d: 1 });
});

function fixture(log: string[], overrides: Partial<Fixture<string>> = {}): Fixture<string> {
  return {
    name: "a pod",
    create: () => {
      log.push("created");
      return Promise.resolve("pod");
    },
    remove: (made) => {
      log.push(`removed ${made}`);
      return Promise.resolve();
    },
    ...overrides,
  };
}

const using = (name: string, pod: Fixture<string>) =>
  check(name, async ({ use }) => ({ pass: true, observed: await use(pod) }));

test("a fixture is created once, and removed after the last check", async () => {
  const log: string[] = [];
  const pod = fixture(log);
  const results = await resultsOf([using("a", pod), using("b", pod)]);

  expect(results.map(({ observed }) => observed)).toEqual(["pod", "pod"]);
  expect(log).toEqual(["created", "removed pod"]);
});

test("a fixture that cannot be created fails its checks, by name", async () => {
  const pod = fixture([], { create: () => Promise.reject(new Error("no room")) });
  const results = await resultsOf([using("a", pod), passing("b")]);

  expect(results.map(({ pass, observed }) => [pass, observed])).toEqual([
    [false, "error: a pod: no room"],
    [true, "it"],
  ]);
});

test("a fixture that these meshes cannot have skips its checks, with the reason", async () => {
  const absent: Fixture<never> = {
    name: "absent",
    create: () => Promise.reject(new CannotRun("not in this cluster")),
  };
  const [result] = await resultsOf([
    check("uses it", async ({ use }) => {
      await use(absent);
      return PASSED;
    }),
  ]);
  expect(result).toMatchObject({ skipped: true, observed: "skipped: not in this cluster" });
});

test("a fixture that cannot be removed is reported, and the others are removed", async () => {
  const log: string[] = [];
  const errors: string[] = [];
  const stuck = fixture(log, { remove: () => Promise.reject(new Error("stuck")) });
  await resultsOf([using("a", fixture(log)), using("b", stuck)], {
    onCleanupError: (message) => errors.push(message),
  });

  expect(errors).toEqual(["stuck"]);
  expect(log).toContain("removed pod");
});

test("fixtures are removed when the caller stops early", async () => {
  const log: string[] = [];
  for await (const result of runChecks([using("a", fixture(log)), passing("b")], MESHES)) {
    expect(result.title).toBe("a");
    break;
  }

  expect(log).toEqual(["created", "removed pod"]);
});

test("an interrupted run starts no more checks, drops unfinished results, and removes fixtures", async () => {
  const log: string[] = [];
  const interrupted = new AbortController();
  const later = vi.fn(() => Promise.resolve(PASSED));
  const results = await resultsOf(
    [
      using("first", fixture(log)),
      check("interrupts", () => {
        interrupted.abort();
        return Promise.resolve({ pass: false, observed: "half" });
      }),
      check("later", later),
    ],
    { concurrency: 1, signal: interrupted.signal },
  );

  expect(results.map(({ title }) => title)).toEqual(["first"]);
  expect(later).not.toHaveBeenCalled();
  expect(log).toEqual(["created", "removed pod"]);
});

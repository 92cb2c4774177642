import { setTimeout as delay } from "node:timers/promises";

import { expect, test, vi } from "vitest";

import { checks } from "../../../checks/suites";
import { type Check, type Fixture, type Result, saw } from "../../../checks/check";
import type { Meshes } from "../../../checks/meshes";
import { runChecks, type RunOptions } from "../../../checks/runner/run";

const MESHES = { minTlsVersion: "1.2" } as Meshes;

function check(name: string, run: Check["run"], more: Partial<Check> = {}): Check {
  return { id: 1, name, expected: "it", run, ...more };
}

const passing = (name: string, more?: Partial<Check>) =>
  check(name, () => Promise.resolve(saw(true, "it")), more);

async function resultsOf(list: readonly Check[], options?: RunOptions): Promise<Result[]> {
  const results: Result[] = [];
  for await (const result of runChecks(list, MESHES, options)) results.push(result);
  return results;
}

test("a check that throws is its own failure, and no one else's", async () => {
  const results = await resultsOf([
    passing("before"),
    check("throws", () => {
      throw new Error("at once");
    }),
    check("rejects", () => Promise.reject(new Error("later"))),
    passing("after"),
  ]);

  expect(results.map(({ name, pass, observed }) => [name, pass, observed])).toEqual([
    ["before", true, "it"],
    ["throws", false, "error: at once"],
    ["rejects", false, "error: later"],
    ["after", true, "it"],
  ]);
});

test("a check that never ends fails, with that text", async () => {
  const [result] = await resultsOf([check("hangs", () => new Promise<never>(() => undefined))], {
    deadlineMs: 20,
  });

  expect(result).toMatchObject({ pass: false, observed: "no result within 0.02 s" });
});

test("what is skipped has not passed, and says why", async () => {
  const [result] = await resultsOf([
    check("skips", () => Promise.resolve({ skipped: "no one there" })),
  ]);

  expect(result).toMatchObject({ pass: false, skipped: true, observed: "skipped: no one there" });
});

test("what is expected may depend on the meshes", async () => {
  const [result] = await resultsOf([
    passing("by version", { expected: ({ minTlsVersion }) => `TLS ${minTlsVersion}` }),
  ]);

  expect(result?.expected).toBe("TLS 1.2");
});

test("results come in the order of the list, whoever is first", async () => {
  const results = await resultsOf([
    check("slow", () => delay(30, saw(true, "it"))),
    passing("fast"),
  ]);

  expect(results.map(({ name }) => name)).toEqual(["slow", "fast"]);
  expect(results[0]?.ms).toBeGreaterThanOrEqual(29);
});

test("checks run side by side, but for those that want to be alone", async () => {
  let running = 0;
  const most: Record<string, number> = {};
  const watched = (name: string, more?: Partial<Check>) =>
    check(
      name,
      async () => {
        running++;
        await delay(10);
        most[name] = running;
        await delay(10);
        running--;
        return saw(true, "it");
      },
      more,
    );
  await resultsOf(
    [
      watched("a"),
      watched("b"),
      watched("c"),
      watched("alone", { alone: true }),
      watched("lonely", { alone: true }),
      watched("d"),
    ],
    { width: 2 },
  );

  expect(most).toMatchObject({ a: 2, b: 2, alone: 1, lonely: 1, d: 1 });
});

function fixture(log: string[], more: Partial<Fixture<string>> = {}): Fixture<string> {
  return {
    name: "a pod",
    create: () => {
      log.push("made");
      return Promise.resolve("pod");
    },
    remove: (made) => {
      log.push(`removed ${made}`);
      return Promise.resolve();
    },
    ...more,
  };
}

const using = (name: string, pod: Fixture<string>) =>
  check(name, async ({ use }) => saw(true, await use(pod)));

test("what several checks use is made once, and removed after the last", async () => {
  const log: string[] = [];
  const pod = fixture(log);
  const results = await resultsOf([using("a", pod), using("b", pod)]);

  expect(results.map(({ observed }) => observed)).toEqual(["pod", "pod"]);
  expect(log).toEqual(["made", "removed pod"]);
});

test("what cannot be made fails those that use it, by its name", async () => {
  const pod = fixture([], { create: () => Promise.reject(new Error("no room")) });
  const results = await resultsOf([using("a", pod), passing("b")]);

  expect(results.map(({ pass, observed }) => [pass, observed])).toEqual([
    [false, "error: a pod: no room"],
    [true, "it"],
  ]);
});

test("what cannot be removed is told, and does not keep the rest from going", async () => {
  const log: string[] = [];
  const complaints: string[] = [];
  const stuck = fixture(log, { remove: () => Promise.reject(new Error("stuck")) });
  await resultsOf([using("a", fixture(log)), using("b", stuck)], {
    onLeftover: (complaint) => complaints.push(complaint),
  });

  expect(complaints).toEqual(["stuck"]);
  expect(log).toContain("removed pod");
});

test("what was made is removed when the caller stops listening", async () => {
  const log: string[] = [];
  for await (const result of runChecks([using("a", fixture(log)), passing("b")], MESHES)) {
    expect(result.name).toBe("a");
    break;
  }

  expect(log).toEqual(["made", "removed pod"]);
});

test("an interrupted run starts nothing more, reports nothing half seen, and removes what was made", async () => {
  const log: string[] = [];
  const interrupted = new AbortController();
  const later = vi.fn(() => Promise.resolve(saw(true, "it")));
  const results = await resultsOf(
    [
      using("first", fixture(log)),
      check("interrupts", () => {
        interrupted.abort();
        return Promise.resolve(saw(false, "half"));
      }),
      check("later", later),
    ],
    { width: 1, signal: interrupted.signal },
  );

  expect(results.map(({ name }) => name)).toEqual(["first"]);
  expect(later).not.toHaveBeenCalled();
  expect(log).toEqual(["made", "removed pod"]);
});

test("the list has every requirement that it is for, and no two rows of one name", () => {
  const ids = new Set(checks.map(({ id }) => id));

  for (const id of [1, 2, 3, 7, 8, 9, 10, 11, 23, 24, 25, 27, 34]) expect(ids).toContain(id);
  expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
});

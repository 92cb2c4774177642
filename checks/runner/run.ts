import type { Check, Observation, Result } from "../check";
import type { Meshes } from "../meshes";
import { CannotRun } from "../toolkit/cannot-run";
import { errorMessage, Workbench } from "./workbench";

export interface RunOptions {
  /**
   * Number of checks that run at the same time.
   *
   * @default 6
   */
  readonly concurrency?: number;
  /**
   * Maximum time for one check, in milliseconds.
   *
   * @default 150000
   */
  readonly timeoutMs?: number;
  /** Ends the run early: no more checks start, and fixtures are removed. */
  readonly signal?: AbortSignal;
  /**
   * Called for each fixture that could not be removed.
   *
   * @default prints to stderr
   */
  readonly onCleanupError?: (message: string) => void;
}

/**
 * Runs checks and yields their results in the order of the list. A result waits for the ones before it. A check that
 * throws fails, and the others go on. All fixtures are removed at the end, even if the caller stops early.
 */
export async function* runChecks(
  checks: readonly Check[],
  meshes: Meshes,
  options: RunOptions = {},
): AsyncGenerator<Result> {
  const bench = new Workbench(meshes);
  try {
    for (const batch of batchesOf(checks)) yield* runBatch(batch, bench, options);
  } finally {
    const report = options.onCleanupError ?? console.error;
    for (const message of await bench.clear()) report(message);
  }
}

/** Splits the list into batches that run concurrently. An exclusive check is a batch of its own. */
function batchesOf(checks: readonly Check[]): Check[][] {
  const batches: Check[][] = [];
  let open: Check[] | undefined;
  for (const check of checks) {
    if (check.exclusive || !open) batches.push((open = []));
    open.push(check);
    if (check.exclusive) open = undefined;
  }
  return batches;
}

async function* runBatch(
  checks: readonly Check[],
  bench: Workbench,
  { concurrency = 6, timeoutMs = 150_000, signal }: RunOptions,
): AsyncGenerator<Result> {
  const runLimited = createLimit(concurrency);
  let stopped = false;
  const running = checks.map((check) =>
    runLimited(() =>
      stopped || signal?.aborted ? undefined : runCheck(check, bench, timeoutMs, signal),
    ),
  );
  try {
    for (const promise of running) {
      const result = await promise;
      if (result) yield result;
    }
  } finally {
    // If the caller stops early, the running checks still need their fixtures.
    stopped = true;
    await Promise.all(running);
  }
}

async function runCheck(
  check: Check,
  bench: Workbench,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Result | undefined> {
  const start = performance.now();
  const observation = await observe(check, bench, timeoutMs);
  // After an interruption, a failure says nothing about the meshes.
  if (signal?.aborted) return undefined;
  const { slug, title, expected, expectedFor } = check;
  return {
    slug,
    title,
    expected: expectedFor?.(bench.meshes) ?? expected,
    ...("skipped" in observation
      ? { observed: `skipped: ${observation.skipped}`, pass: false, skipped: true }
      : observation),
    ms: Math.round(performance.now() - start),
  };
}

async function observe(check: Check, bench: Workbench, timeoutMs: number): Promise<Observation> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Observation>((resolve) => {
    timer = setTimeout(() => {
      resolve({ pass: false, observed: `time-out: no result after ${timeoutMs / 1000} s` });
    }, timeoutMs);
  });
  // The async function turns an exception into a rejection.
  const observation = (async () => check.run(bench))().catch((error: unknown) =>
    error instanceof CannotRun
      ? { skipped: error.message }
      : { pass: false, observed: `error: ${errorMessage(error)}` },
  );
  try {
    return await Promise.race([observation, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Returns a function that runs tasks, at most `slots` at the same time. */
function createLimit(slots: number): <T>(task: () => T | Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (slots > 0) slots--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else slots++;
    }
  };
}

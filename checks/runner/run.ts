import type { Check, Observation, Result } from "../check";
import type { Meshes } from "../meshes";
import { Workbench } from "./workbench";

export interface RunOptions {
  /** How many checks run at once. @default 6 */
  readonly width?: number;
  /** Longest that a check may take. @default 150000 */
  readonly deadlineMs?: number;
  /** Ends the run early: no further check starts, and what was made is removed. */
  readonly signal?: AbortSignal;
  /** Told what could not be removed. @default a line on stderr */
  readonly onLeftover?: (complaint: string) => void;
}

/**
 * Runs checks and yields their results in the order of the list, each as soon as it and all before it are done. What
 * goes wrong in one is that one's result. Whatever the checks made is removed at the end, also when the caller stops
 * listening.
 */
export async function* runChecks(
  checks: readonly Check[],
  meshes: Meshes,
  options: RunOptions = {},
): AsyncGenerator<Result> {
  const bench = new Workbench(meshes);
  try {
    for (const batch of batches(checks)) yield* together(batch, bench, options);
  } finally {
    const complain = options.onLeftover ?? console.error;
    for (const complaint of await bench.clear()) complain(complaint);
  }
}

/** Stretches of the list that may run at once; a check that wants to be alone is a stretch of its own. */
function batches(checks: readonly Check[]): Check[][] {
  const list: Check[][] = [];
  let open: Check[] | undefined;
  for (const check of checks) {
    if (check.alone || !open) list.push((open = []));
    open.push(check);
    if (check.alone) open = undefined;
  }
  return list;
}

async function* together(
  checks: readonly Check[],
  bench: Workbench,
  { width = 6, deadlineMs = 150_000, signal }: RunOptions,
): AsyncGenerator<Result> {
  const slot = slots(width);
  let stopped = false;
  const running = checks.map((check) =>
    slot(() =>
      stopped || signal?.aborted ? undefined : runCheck(check, bench, deadlineMs, signal),
    ),
  );
  try {
    for (const promise of running) {
      const result = await promise;
      if (result) yield result;
    }
  } finally {
    // Whoever stops listening must not have pods taken away under a check that still runs.
    stopped = true;
    await Promise.all(running);
  }
}

async function runCheck(
  check: Check,
  bench: Workbench,
  deadlineMs: number,
  signal: AbortSignal | undefined,
): Promise<Result | undefined> {
  const start = performance.now();
  const observation = await observe(check, bench, deadlineMs);
  // What a check sees while the run is being ended says nothing about the meshes.
  if (signal?.aborted) return undefined;
  const { id, name, expected } = check;
  return {
    id,
    name,
    expected: typeof expected === "string" ? expected : expected(bench.meshes),
    ...("skipped" in observation
      ? { observed: `skipped: ${observation.skipped}`, pass: false, skipped: true }
      : observation),
    ms: Math.round(performance.now() - start),
  };
}

async function observe(check: Check, bench: Workbench, deadlineMs: number): Promise<Observation> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Observation>((resolve) => {
    timer = setTimeout(() => {
      resolve({ pass: false, observed: `no result within ${deadlineMs / 1000} s` });
    }, deadlineMs);
  });
  // In an async function, so that a check that throws at once is one that rejects.
  const seen = (async () => check.run(bench))().catch((error: unknown) => ({
    pass: false,
    observed: `error: ${error instanceof Error ? error.message : String(error)}`,
  }));
  try {
    return await Promise.race([seen, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs tasks, at most `free` at once. */
function slots(free: number): <T>(task: () => T | Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}

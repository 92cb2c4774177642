import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const NAME = "istio-mtls-lab";
const KEPT_RUNS = 8;

/** A run is called after its time and the process that started it. */
const RUN = /^\d{4}-.*-\d+$/;
const pidOf = (run: string) => Number(run.split("-").at(-1));

/** The user's cache for what the lab builds and fetches. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), NAME);
}

function stateFolder(env: NodeJS.ProcessEnv): string {
  return join(env["XDG_STATE_HOME"] ?? join(homedir(), ".local/state"), NAME);
}

/** The runs that are not over, the newest last: their folders, and the processes that started them. */
export function livingRuns(env: NodeJS.ProcessEnv = process.env): { run: string; pid: number }[] {
  const runs = stateFolder(env);
  return (existsSync(runs) ? readdirSync(runs) : [])
    .filter((name) => RUN.test(name) && isRunning(pidOf(name)))
    .sort()
    .map((name) => ({ run: join(runs, name), pid: pidOf(name) }));
}

/** A new folder for the logs of this run; the oldest of former runs are removed. */
export function createRunFolder(env: NodeJS.ProcessEnv = process.env, now = new Date()): string {
  const runs = stateFolder(env);
  const time = now.toISOString().replaceAll(":", "").slice(0, 17);
  const run = join(runs, `${time}-${process.pid}`);
  mkdirSync(run, { recursive: true, mode: 0o700 });
  for (const old of expired(readdirSync(runs), isRunning)) {
    rmSync(join(runs, old), { recursive: true, force: true });
  }
  return run;
}

/** The runs to remove: all but the newest, and none whose process still runs. */
export function expired(names: readonly string[], running: (pid: number) => boolean): string[] {
  const runs = names.filter((name) => RUN.test(name)).sort();
  return runs
    .slice(0, Math.max(runs.length - KEPT_RUNS, 0))
    .filter((name) => !running(pidOf(name)));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const NAME = "istio-mtls-lab";
const KEPT_RUNS = 8;

/** The user's cache for what the lab builds and fetches. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), NAME);
}

/** A new folder for the logs of this run; the oldest of former runs are removed. */
export function createRunFolder(env: NodeJS.ProcessEnv = process.env, now = new Date()): string {
  const runs = join(env["XDG_STATE_HOME"] ?? join(homedir(), ".local/state"), NAME);
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
  const runs = names.filter((name) => /^\d{4}-.*-\d+$/.test(name)).sort();
  return runs
    .slice(0, Math.max(runs.length - KEPT_RUNS, 0))
    .filter((name) => !running(Number(name.split("-").at(-1))));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

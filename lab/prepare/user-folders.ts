import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";

const NAME = "istio-mtls-lab";
const KEPT_RUNS = 8;

/** A run is called after its time and the process that started it. */
const RUN = /^\d{4}-.*-\d+$/;
const pidOf = (run: string) => Number(run.split("-").at(-1));

/** The user's cache for what the lab builds and fetches. */
export function getCacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(placed(env["XDG_CACHE_HOME"]) ?? join(getHomeFolder(), ".cache"), NAME);
}

function stateFolder(env: NodeJS.ProcessEnv): string {
  return join(placed(env["XDG_STATE_HOME"]) ?? join(getHomeFolder(), ".local/state"), NAME);
}

/** Where the user's own Pulumi keeps its plugins. */
export function getPulumiHome(env: NodeJS.ProcessEnv = process.env): string {
  return placed(env["PULUMI_HOME"]) ?? join(getHomeFolder(), ".pulumi");
}

export function getHomeFolder(): string {
  return placed(homedir()) ?? userInfo().homedir;
}

/**
 * What a variable names, where it is a folder wherever one stands: by the XDG specification an empty or relative value
 * counts as none. It would put the cache into the project.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
function placed(value: string | undefined): string | undefined {
  return value !== undefined && isAbsolute(value) ? value : undefined;
}

/** The folders of the runs that are kept, the newest last, and the processes that started them, which may be gone. */
export function listRunFolders(env: NodeJS.ProcessEnv = process.env): { run: string; pid: number }[] {
  const runs = stateFolder(env);
  return (existsSync(runs) ? readdirSync(runs) : [])
    .filter((name) => RUN.test(name))
    .sort()
    .map((name) => ({ run: join(runs, name), pid: pidOf(name) }));
}

/** A new folder for the logs of this run; the oldest of former runs are removed. */
export function createRunFolder(env: NodeJS.ProcessEnv = process.env, now = new Date()): string {
  const runs = stateFolder(env);
  const time = now.toISOString().replaceAll(":", "").slice(0, 17);
  const run = join(runs, `${time}-${process.pid}`);
  mkdirSync(run, { recursive: true, mode: 0o700 });
  for (const old of findExpiredRuns(readdirSync(runs), isRunning)) {
    rmSync(join(runs, old), { recursive: true, force: true });
  }
  return run;
}

/** The runs to remove: all but the newest, and none whose process still runs. */
export function findExpiredRuns(names: readonly string[], running: (pid: number) => boolean): string[] {
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

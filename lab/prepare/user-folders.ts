import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";

const FOLDER_NAME = "istio-mtls-lab";
const KEPT_RUNS = 8;

/** A run folder is named after its time and the process ID of its launcher. */
const RUN_NAME = /^\d{4}-.*-\d+$/;
const parsePid = (run: string) => Number(run.split("-").at(-1));

/** The user's cache for what the lab builds and downloads. */
export function getCacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(
    absoluteOrUndefined(env["XDG_CACHE_HOME"]) ?? join(getHomeFolder(), ".cache"),
    FOLDER_NAME,
  );
}

function getStateFolder(env: NodeJS.ProcessEnv): string {
  return join(
    absoluteOrUndefined(env["XDG_STATE_HOME"]) ?? join(getHomeFolder(), ".local/state"),
    FOLDER_NAME,
  );
}

/** The folder where the user's Pulumi keeps its plugins. */
export function getPulumiHome(env: NodeJS.ProcessEnv = process.env): string {
  return absoluteOrUndefined(env["PULUMI_HOME"]) ?? join(getHomeFolder(), ".pulumi");
}

/** The user's home folder, also if HOME is empty or relative. */
export function getHomeFolder(): string {
  return absoluteOrUndefined(homedir()) ?? userInfo().homedir;
}

/**
 * The XDG specification says to ignore an empty or relative path. It would put the cache into the project.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
function absoluteOrUndefined(value: string | undefined): string | undefined {
  return value !== undefined && isAbsolute(value) ? value : undefined;
}

/** Lists the run folders, the newest last, and the process IDs of their launchers, which may have ended. */
export function listRunFolders(
  env: NodeJS.ProcessEnv = process.env,
): { runFolder: string; launcherPid: number }[] {
  const runs = getStateFolder(env);
  return (existsSync(runs) ? readdirSync(runs) : [])
    .filter((name) => RUN_NAME.test(name))
    .sort()
    .map((name) => ({ runFolder: join(runs, name), launcherPid: parsePid(name) }));
}

/** Creates a folder for the logs of this run, and removes the oldest run folders. */
export function createRunFolder(env: NodeJS.ProcessEnv = process.env, now = new Date()): string {
  const runs = getStateFolder(env);
  const time = now.toISOString().replaceAll(":", "").slice(0, 17);
  const run = join(runs, `${time}-${process.pid}`);
  mkdirSync(run, { recursive: true, mode: 0o700 });
  for (const old of findExpiredRuns(readdirSync(runs), isRunning)) {
    rmSync(join(runs, old), { recursive: true, force: true });
  }
  return run;
}

/** Selects the runs to remove: not the newest ones, and none whose launcher still runs. */
export function findExpiredRuns(
  names: readonly string[],
  running: (pid: number) => boolean,
): string[] {
  const runs = names.filter((name) => RUN_NAME.test(name)).sort();
  return runs
    .slice(0, Math.max(runs.length - KEPT_RUNS, 0))
    .filter((name) => !running(parsePid(name)));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

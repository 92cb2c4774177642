import { readFileSync } from "node:fs";

const POLL_MS = 500;

/** Calls back when the process that started this one has ended. Under npm, that is the parent of its shell. */
export function onParentExit(callback: () => void): void {
  const parent = process.ppid;
  const grandparent = isNpmShell(parent) ? readParentPid(parent) : undefined;
  const timer = setInterval(() => {
    const gone =
      process.ppid !== parent ||
      (grandparent !== undefined && readParentPid(parent) !== grandparent);
    if (!gone) return;
    clearInterval(timer);
    callback();
  }, POLL_MS);
  timer.unref();
}

// The user may end an interactive shell while a lab that was started from it still runs in the background.
const isNpmShell = (pid: number) =>
  process.env["npm_lifecycle_event"] !== undefined &&
  /^(da|ba)?sh$/.test(readStat(pid)?.command ?? "");

const readParentPid = (pid: number) => readStat(pid)?.parent;

function readStat(pid: number): { command: string; parent: number } | undefined {
  try {
    const [, command, parent] =
      /^\d+ \((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return command === undefined ? undefined : { command, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

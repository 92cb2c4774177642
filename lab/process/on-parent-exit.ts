import { readFileSync } from "node:fs";

const EVERY_MS = 500;

/** Calls back once the process that started this one is gone, be it behind a shell, as it is under npm. */
export function onParentExit(callback: () => void): void {
  const parent = process.ppid;
  const behind = isShell(parent) ? parentOf(parent) : undefined;
  const timer = setInterval(() => {
    const gone = process.ppid !== parent || (behind !== undefined && parentOf(parent) !== behind);
    if (!gone) return;
    clearInterval(timer);
    callback();
  }, EVERY_MS);
  timer.unref();
}

// An interactive shell does not count: it may well end before a lab that was put in the background.
const isShell = (pid: number) =>
  process.env["npm_lifecycle_event"] !== undefined && /^(da|ba)?sh$/.test(stat(pid)?.command ?? "");

const parentOf = (pid: number) => stat(pid)?.parent;

function stat(pid: number): { command: string; parent: number } | undefined {
  try {
    const [, command, parent] =
      /^\d+ \((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return command === undefined ? undefined : { command, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

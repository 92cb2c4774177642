import { spawn } from "node:child_process";

/**
 * Does the work while holding a lock on a file, against other processes. The kernel frees it when its holder
 * ends, in whatever way, so no lock is ever stale.
 */
export async function withLock<T>(
  file: string,
  waiting: () => void,
  work: () => Promise<T>,
): Promise<T> {
  // The holder lives as long as its standard input is open, that is, at most as long as this process.
  const holder = spawn("flock", ["--exclusive", file, "sh", "-c", "echo locked && exec cat"], {
    stdio: ["pipe", "pipe", "inherit"],
    // Out of reach of the terminal's Ctrl-C, which would free the lock in the middle of the work.
    detached: true,
  });
  const timer = setTimeout(waiting, 500);
  const ended = new Promise((resolve) => holder.once("close", resolve));
  try {
    await new Promise<void>((resolve, reject) => {
      holder.stdout.once("data", () => {
        resolve();
      });
      holder.once("error", reject);
      holder.once("exit", (code) => {
        reject(new Error(`flock ${file}: ended with ${code ?? "a signal"}`));
      });
    });
    clearTimeout(timer);
    return await work();
  } finally {
    clearTimeout(timer);
    holder.stdin.end();
    await ended;
  }
}

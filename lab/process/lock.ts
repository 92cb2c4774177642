import { spawn } from "node:child_process";

/**
 * Does the work while it holds a lock on a file, which keeps other processes out. The kernel releases the lock when
 * its holder ends, so a killed process leaves no stale lock. Calls `onWait` if another process holds the lock.
 */
export async function withLock<T>(
  file: string,
  onWait: () => void,
  work: () => Promise<T>,
): Promise<T> {
  // The holder runs until its standard input closes, which happens at the latest when this process ends.
  const holder = spawn("flock", ["--exclusive", file, "sh", "-c", "echo locked && exec cat"], {
    stdio: ["pipe", "pipe", "inherit"],
    // Otherwise Ctrl-C in the terminal would end it, and release the lock in the middle of the work.
    detached: true,
  });
  const timer = setTimeout(onWait, 500);
  const ended = new Promise((resolve) => holder.once("close", resolve));
  try {
    await new Promise<void>((resolve, reject) => {
      holder.stdout.once("data", () => {
        resolve();
      });
      holder.once("error", reject);
      holder.once("exit", (code) => {
        reject(
          new Error(
            `flock ${file} ended with ${code ?? "a signal"}: check that you can write to this file`,
          ),
        );
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

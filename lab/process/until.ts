import { poll } from "../../checks/toolkit/poll";
import type { Child } from "./child";

export interface UntilOptions {
  readonly deadlineMs?: number;
  readonly everyMs?: number;
  /** Processes without which the condition cannot come true: the wait ends when one of them does. */
  readonly alive?: readonly Child[];
}

/**
 * Waits until the probe gives a value. A probe that throws, or gives undefined, is tried again;
 * the last error is part of the message when the time is over.
 */
export async function until<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  options: UntilOptions = {},
): Promise<T> {
  const { deadlineMs = 60_000, everyMs = 100, alive = [] } = options;
  let last: unknown;
  const value = await poll(
    async () => {
      for (const child of alive) child.assertRunning();
      try {
        return await probe();
      } catch (error) {
        last = error;
        return undefined;
      }
    },
    (result) => result !== undefined,
    { timeoutMs: deadlineMs, intervalMs: everyMs },
  );
  if (value !== undefined) return value;
  const reason = last instanceof Error ? `: ${last.message}` : "";
  const logs = alive.map((child) => `\n${child.describe("runs, its last lines are")}`).join("");
  throw new Error(`${what}: not within ${deadlineMs / 1000} s${reason}${logs}`);
}

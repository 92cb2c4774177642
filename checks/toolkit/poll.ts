import { setTimeout as delay } from "node:timers/promises";

export interface PollOptions {
  /** Total time, in milliseconds. */
  readonly timeoutMs: number;
  /** Time between two attempts, in milliseconds. */
  readonly intervalMs: number;
}

/**
 * Calls `probe` until `isDone` accepts its value, at most for `timeoutMs`. Returns the last value, also when the time is
 * up. An error of the probe ends the wait.
 */
export async function poll<T>(
  probe: () => T | Promise<T>,
  isDone: (value: T) => boolean,
  { timeoutMs, intervalMs }: PollOptions,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (isDone(value) || Date.now() > deadline) return value;
    await delay(intervalMs);
  }
}

import { setTimeout as delay } from "node:timers/promises";

/** Asks until the answer is `enough`, or the time is up; gives the last answer. */
export async function poll<T>(
  ask: () => Promise<T>,
  enough: (answer: T) => boolean,
  { deadlineMs, everyMs }: { readonly deadlineMs: number; readonly everyMs: number },
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (enough(answer) || Date.now() > end) return answer;
    await delay(everyMs);
  }
}

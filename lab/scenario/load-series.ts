import type { Outcome, Phase } from "./load-stats";

const SECOND_MS = 1000;

/** The requests of a story, second by second: the n-th value belongs to the n-th second. */
export interface LoadSeries {
  readonly requests: readonly number[];
  /** Requests without a response with status 200. */
  readonly failed: readonly number[];
  /** Median and largest time to the response; null without a request. */
  readonly p50Ms: readonly (number | null)[];
  readonly maxMs: readonly (number | null)[];
  /** When each phase began, in milliseconds from the start. */
  readonly phases: readonly { readonly phase: string; readonly beganMs: number }[];
}

/** Calculates the series. A request belongs to the second in which it started. */
export function calculateSeries(
  phases: readonly Phase[],
  outcomes: readonly Outcome[],
): LoadSeries {
  const start = phases[0]?.beganAt ?? 0;
  const seconds: Outcome[][] = [];
  for (const outcome of outcomes) {
    const second = Math.max(0, Math.floor((outcome.startedAt - start) / SECOND_MS));
    while (seconds.length <= second) seconds.push([]);
    seconds[second]?.push(outcome);
  }
  const times = seconds.map((each) => each.map(({ ms }) => ms).sort((a, b) => a - b));
  return {
    requests: seconds.map(({ length }) => length),
    failed: seconds.map((each) => each.filter(({ status }) => status !== "200").length),
    p50Ms: times.map((each) => each[Math.ceil(each.length / 2) - 1] ?? null),
    maxMs: times.map((each) => each.at(-1) ?? null),
    phases: phases.map(({ name, beganAt }) => ({ phase: name, beganMs: beganAt - start })),
  };
}

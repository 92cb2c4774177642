import type { LoadSeries } from "../../lab/scenario/load-series";

/** The requests of some seconds that follow each other. */
export interface Bucket {
  /** Its first second. */
  readonly at: number;
  /** Requests per second. */
  readonly rate: number;
  readonly failed: number;
  /** Failures per second. */
  readonly failedRate: number;
  /** Largest median and largest time of its seconds; null without a request. */
  readonly p50Ms: number | null;
  readonly maxMs: number | null;
}

/** Joins seconds, so that a plot has no more points than it can show. Keeps the worst times. */
export function bucketsOf(
  { requests, failed, p50Ms, maxMs }: LoadSeries,
  seconds: number,
): readonly Bucket[] {
  const length = Math.ceil(requests.length / seconds);
  return Array.from({ length }, (_, index) => {
    const [from, to] = [index * seconds, Math.min((index + 1) * seconds, requests.length)];
    const sum = (values: readonly number[]) =>
      values.slice(from, to).reduce((total, value) => total + value, 0);
    return {
      at: from,
      rate: sum(requests) / (to - from),
      failed: sum(failed),
      failedRate: sum(failed) / (to - from),
      p50Ms: largest(p50Ms.slice(from, to)),
      maxMs: largest(maxMs.slice(from, to)),
    };
  });
}

function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? Math.max(...known) : null;
}

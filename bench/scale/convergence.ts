import { runCommand } from "../../lab/process/run-command";

/** Upper limits of the buckets of a histogram, in seconds, and the number of values up to each. */
export type Histogram = ReadonlyMap<number, number>;

const METRIC = "pilot_proxy_convergence_time_bucket";

/** Reads how long istiod took from a change until the proxies had it, of all changes so far. */
export async function readConvergence(istiod: number): Promise<Histogram> {
  const url = "http://127.0.0.1:15014/metrics";
  const enter = [`--net=/proc/${istiod}/ns/net`, "--", "curl", "-sS", url];
  return parseConvergence(await runCommand("nsenter", enter));
}

/** Parses the histogram in Prometheus' text format. */
export function parseConvergence(text: string): Histogram {
  const lines = text.matchAll(new RegExp(`^${METRIC}\\{.*le="([^"]+)".*\\} (\\S+)$`, "gm"));
  return new Map(
    [...lines].map(([, limit = "", count]) => [
      limit === "+Inf" ? Number.POSITIVE_INFINITY : Number(limit),
      Number(count),
    ]),
  );
}

/** The upper limit of the bucket that has the quantile of the values between two readings, such as 0.99. */
export function quantileBetween(before: Histogram, after: Histogram, quantile: number): number {
  const counts = [...after]
    .map(([limit, count]) => [limit, count - (before.get(limit) ?? 0)] as const)
    .sort(([a], [b]) => a - b);
  const total = counts.at(-1)?.[1] ?? 0;
  return counts.find(([, count]) => total > 0 && count >= quantile * total)?.[0] ?? Number.NaN;
}

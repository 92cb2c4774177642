import { fetchFrom } from "../fetch-from";

/** Upper limits of the buckets of a histogram, in seconds, and the number of values up to each. */
export type Histogram = ReadonlyMap<number, number>;

/** What istiod counts, since it started. */
export interface IstiodCounters {
  /** How long changes waited until istiod had collected those that followed. */
  readonly collect: Histogram;
  /** How long it took to send them to each proxy. */
  readonly push: Histogram;
  /** How often a proxy has refused its configuration. */
  readonly refused: number;
}

/** Reads the counters of the istiod with this process ID. */
export async function readCounters(istiod: number): Promise<IstiodCounters> {
  return parseCounters(await readFrom(istiod, "metrics"));
}

/** Parses Prometheus' text format. */
export function parseCounters(text: string): IstiodCounters {
  const refused = text.matchAll(/^pilot_total_xds_rejects(?:\{.*\})? (\S+)$/gm);
  return {
    collect: parseHistogram(text, "pilot_debounce_time"),
    push: parseHistogram(text, "pilot_proxy_convergence_time"),
    refused: [...refused].reduce((sum, [, count]) => sum + Number(count), 0),
  };
}

function parseHistogram(text: string, metric: string): Histogram {
  const lines = text.matchAll(new RegExp(`^${metric}_bucket\\{.*le="([^"]+)".*\\} (\\S+)$`, "gm"));
  return new Map(
    [...lines].map(([, limit = "", count]) => [
      limit === "+Inf" ? Number.POSITIVE_INFINITY : Number(limit),
      Number(count),
    ]),
  );
}

/** The number of values in a histogram. */
export function countOf(histogram: Histogram): number {
  return histogram.get(Number.POSITIVE_INFINITY) ?? 0;
}

/** The upper limit of the bucket that has the quantile of the values between two readings, such as 0.99. */
export function quantileBetween(before: Histogram, after: Histogram, quantile: number): number {
  const counts = [...after]
    .map(([limit, count]) => [limit, count - (before.get(limit) ?? 0)] as const)
    .sort(([a], [b]) => a - b);
  const total = counts.at(-1)?.[1] ?? 0;
  return counts.find(([, count]) => total > 0 && count >= quantile * total)?.[0] ?? Number.NaN;
}

/** What istiod last sent to a proxy, and what the proxy last acknowledged, by type. */
export interface ProxyStatus {
  readonly proxy: string;
  readonly resources: Readonly<Record<string, { readonly sent?: string; readonly acked?: string }>>;
}

/** Reads the status of all proxies of the istiod with this process ID. */
export async function readStatus(istiod: number): Promise<readonly ProxyStatus[]> {
  return JSON.parse(await readFrom(istiod, "debug/syncz")) as ProxyStatus[];
}

/** Whether every proxy has acknowledged all that was sent to it. */
export function haveAcknowledged(proxies: readonly ProxyStatus[]): boolean {
  return (
    proxies.length > 0 &&
    proxies.every(({ resources }) =>
      Object.values(resources).every(({ sent, acked }) => sent === acked),
    )
  );
}

function readFrom(istiod: number, path: string): Promise<string> {
  return fetchFrom(istiod, `http://127.0.0.1:15014/${path}`);
}

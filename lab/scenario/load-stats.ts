/** Statistics of the requests of one phase. Times are in milliseconds. */
export interface LoadStats {
  readonly phase: string;
  readonly requests: number;
  /** Requests without a response with status 200. */
  readonly failed: number;
  /** The different failures: status and message. */
  readonly failures: readonly string[];
  /** Time from the request to its response. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Longest time between two successful responses. */
  readonly gapMs: number;
  /** Time from the start of the phase to the first success after the last failure; 0 without a failure. */
  readonly recoveryMs: number;
  /** Other figures of a story. The name has the unit. */
  readonly figures: Readonly<Record<string, number>>;
}

/** How one request ended. */
export interface Outcome {
  readonly status: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly ms: number;
  readonly message: string;
}

/** A part of the load. It ends when the next one begins. */
export interface Phase {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly beganAt: number;
  readonly figures: Record<string, number>;
}

const endOf = ({ startedAt, ms }: Outcome) => startedAt + ms;

/** Status and message of a failed request. */
export function describeFailure({ status, message }: Outcome): string {
  return `${status} ${message}`.trim();
}

/** Calculates the statistics of each phase. A request belongs to the phase in which it started. */
export function calculateStats(
  phases: readonly Phase[],
  outcomes: readonly Outcome[],
): readonly LoadStats[] {
  const successes = outcomes
    .filter(({ status }) => status === "200")
    .map(endOf)
    .sort((a, b) => a - b);
  return phases.map(({ name: phase, beganAt, figures }, index) => {
    const endsAt = phases[index + 1]?.beganAt ?? Number.POSITIVE_INFINITY;
    const requests = outcomes.filter(
      (each) => each.startedAt >= beganAt && each.startedAt < endsAt,
    );
    const failed = requests.filter(({ status }) => status !== "200");
    const times = requests.map(({ ms }) => ms).sort((a, b) => a - b);
    const quantile = (part: number) => times[Math.ceil(part * times.length) - 1] ?? 0;
    const gaps = successes
      .map((end, position) => ({ end, gap: end - (successes[position - 1] ?? end) }))
      .filter(({ end }) => end >= beganAt && end < endsAt);
    const lastFailure = Math.max(...failed.map(endOf));
    const recoveredAt = successes.find((end) => end > lastFailure) ?? beganAt;
    return {
      phase,
      requests: requests.length,
      failed: failed.length,
      failures: [...new Set(failed.map(describeFailure))],
      p50Ms: quantile(0.5),
      p99Ms: quantile(0.99),
      maxMs: quantile(1),
      gapMs: Math.max(0, ...gaps.map(({ gap }) => gap)),
      recoveryMs: failed.length > 0 ? recoveredAt - beganAt : 0,
      figures,
    };
  });
}

/** Renders the statistics as a table. */
export function renderLoadTable(stats: readonly LoadStats[]): string {
  return renderRows([
    ["", "requests", "failed", "p50 ms", "p99 ms", "max ms", "gap ms", ""],
    ...stats.map(({ phase, requests, failed, p50Ms, p99Ms, maxMs, gapMs, figures }) => [
      phase,
      ...[requests, failed, p50Ms, p99Ms, maxMs, gapMs].map(String),
      Object.entries(figures)
        .map(([name, value]) => `${name}: ${value}`)
        .join(", "),
    ]),
  ]);
}

/** Renders the median and the worst of the phases with the same name, which are trials of one fault. */
export function renderTrialsTable(stats: readonly LoadStats[]): string {
  const names = [...new Set(stats.map(({ phase }) => phase))];
  return renderRows([
    ["median / worst", "trials", "failed", "gap ms", "recovery ms"],
    ...names.map((name) => {
      const trials = stats.filter(({ phase }) => phase === name);
      const column = (key: "failed" | "gapMs" | "recoveryMs") => {
        const sorted = trials.map((each) => each[key]).sort((a, b) => a - b);
        return `${sorted[Math.floor(sorted.length / 2)] ?? 0} / ${sorted.at(-1) ?? 0}`;
      };
      return [name, String(trials.length), column("failed"), column("gapMs"), column("recoveryMs")];
    }),
  ]);
}

function renderRows(rows: readonly (readonly string[])[]): string {
  const width = (column: number) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0));
  return rows
    .map(([first = "", ...others]) =>
      [first.padEnd(width(0)), ...others.map((cell, index) => cell.padStart(width(index + 1)))]
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
}

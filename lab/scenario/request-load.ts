import type { ContainerRef } from "../../checks/toolkit/pods/container";

/** Statistics of the requests of one phase. */
export interface LoadStats {
  readonly phase: string;
  readonly requests: number;
  /** Requests without a response with status 200. */
  readonly failed: number;
  /** The different failures: status and message. */
  readonly failures: readonly string[];
  /** Time from the request to its response (milliseconds). */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

interface Outcome {
  readonly status: string;
  readonly ms: number;
  readonly message: string;
}

interface Phase {
  readonly name: string;
  readonly outcomes: Outcome[];
}

const REQUESTS_PER_SECOND = 20;
/** Each curl process sends requests for this long. The next one finds the pod again if it was replaced. */
const BATCH_SECONDS = 5;
const REQUEST_TIMEOUT_SECONDS = 10;

/** Sends about 20 requests a second from a pod to `url`, each on a new connection, until it is stopped. */
export class RequestLoad {
  readonly #place: ContainerRef;
  readonly #url: string;
  readonly #running: Promise<void>;
  readonly #phases: Phase[] = [];
  #phase: Phase;
  #stopped = false;

  constructor(place: ContainerRef, url: string, phase: string) {
    this.#place = place;
    this.#url = url;
    this.#phase = this.begin(phase);
    this.#running = this.#run();
  }

  /** Starts a new phase: requests sent from now on count for it. */
  begin(name: string): Phase {
    this.#phase = { name, outcomes: [] };
    this.#phases.push(this.#phase);
    return this.#phase;
  }

  /** Stops the load, waits for pending requests, and returns the statistics of each phase. */
  async stop(): Promise<readonly LoadStats[]> {
    this.#stopped = true;
    await this.#running;
    return this.#phases.map(calculateStats);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) await this.#batch();
  }

  async #batch(): Promise<void> {
    const { kubectl, namespace, pod, container } = this.#place;
    const { outcomes } = this.#phase;
    const { stdout } = await kubectl(
      [
        ...["exec", "-n", namespace, pod, "-c", container, "--", "curl", "-sS"],
        ...["--rate", `${REQUESTS_PER_SECOND}/s`, "--max-time", String(REQUEST_TIMEOUT_SECONDS)],
        // Only a new connection notices that a gateway has gone.
        ...["-H", "Connection: close", "-o", "/dev/null"],
        ...["-w", "%{http_code} %{time_total} %{errormsg}\\n"],
        `${this.#url}?[1-${REQUESTS_PER_SECOND * BATCH_SECONDS}]`,
      ],
      { timeoutMs: 60_000 },
    );
    // A pod that is deleted ends the process. What curl printed until then counts.
    outcomes.push(...parseOutcomes(stdout));
  }
}

function calculateStats({ name, outcomes }: Phase): LoadStats {
  const failed = outcomes.filter(({ status }) => status !== "200");
  const times = outcomes.map(({ ms }) => ms).sort((a, b) => a - b);
  const quantile = (part: number) => times[Math.ceil(part * times.length) - 1] ?? 0;
  return {
    phase: name,
    requests: outcomes.length,
    failed: failed.length,
    failures: [...new Set(failed.map(({ status, message }) => `${status} ${message}`.trim()))],
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    maxMs: quantile(1),
  };
}

/** Parses the lines that curl completed. */
export function parseOutcomes(text: string): Outcome[] {
  return text
    .split("\n")
    .slice(0, -1)
    .flatMap((line) => {
      const [, status, time, message = ""] = /^(\d{3}) ([\d.]+) ?(.*)$/.exec(line) ?? [];
      return status === undefined || time === undefined
        ? []
        : [{ status, ms: Math.round(Number(time) * 1000), message }];
    });
}

/** Renders the statistics as a table. */
export function renderLoadTable(stats: readonly LoadStats[]): string {
  const rows = [
    ["", "requests", "failed", "p50 ms", "p99 ms", "max ms"],
    ...stats.map(({ phase, requests, failed, p50Ms, p99Ms, maxMs }) => [
      phase,
      ...[requests, failed, p50Ms, p99Ms, maxMs].map(String),
    ]),
  ];
  const first = Math.max(...rows.map(([phase = ""]) => phase.length));
  return rows
    .map(([phase = "", ...cells]) =>
      [phase.padEnd(first), ...cells.map((cell) => cell.padStart(9))].join(""),
    )
    .join("\n");
}

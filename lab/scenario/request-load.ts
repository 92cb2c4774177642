import { setTimeout as delay } from "node:timers/promises";

import { until } from "../process/until";
import { calculateSeries, type LoadSeries } from "./load-series";
import {
  calculateStats,
  describeFailure,
  type LoadStats,
  type Outcome,
  type Phase,
} from "./load-stats";
import type { TestPod } from "./test-pod";

/** Each stream sends this many requests a second, one after the other. */
const REQUESTS_PER_SECOND = 10;
const INTERVAL_MS = 1000 / REQUESTS_PER_SECOND;
/** Each curl process sends this many requests. The next one finds the pod again if it was replaced. */
const BATCH_REQUESTS = 2 * REQUESTS_PER_SECOND;
const REQUEST_TIMEOUT_SECONDS = 10;

/** The last batch of a stream that has ended. */
interface Batch {
  readonly startedAt: number;
  readonly failed: boolean;
}

/**
 * Sends about 20 requests a second from a pod to `url`, until it is stopped: half of them on kept-alive connections,
 * half of them each on a new connection.
 */
export class RequestLoad {
  readonly #pod: Pick<TestPod, "run" | "wasReplaced">;
  readonly #url: string;
  readonly #running: Promise<unknown>;
  readonly #outcomes: Outcome[] = [];
  readonly #phases: Phase[] = [];
  readonly #lastBatches: (Batch | undefined)[] = [undefined, undefined];
  #stopped = false;

  constructor(pod: Pick<TestPod, "run" | "wasReplaced">, url: string, phase: string) {
    this.#pod = pod;
    this.#url = url;
    this.begin(phase);
    this.#running = Promise.all([
      this.#stream(0, []),
      // Only a new connection notices that a gateway has gone.
      this.#stream(1, ["-H", "Connection: close"]),
    ]);
  }

  /** Starts a new phase: requests sent from now on count for it. */
  begin(name: string): void {
    this.#phases.push({ name, beganAt: Date.now(), figures: {} });
  }

  /** Adds a figure to the current phase. Its name has the unit. */
  note(figure: string, value: number): void {
    const phase = this.#phases.at(-1);
    if (phase) phase.figures[figure] = Math.round(value);
  }

  /** Waits until both streams have sent a batch without a failure. */
  async untilSteady(): Promise<void> {
    const since = Date.now();
    const isSteady = (batch?: Batch) => batch && batch.startedAt > since && !batch.failed;
    const requireSteady = () => {
      if (this.#lastBatches.every(isSteady)) return true;
      const failure = this.#outcomes.findLast(({ status }) => status !== "200");
      throw new Error(failure ? `the last got ${describeFailure(failure)}` : "none has ended");
    };
    await until("requests without failures", requireSteady, { deadlineMs: 180_000 });
  }

  /** Waits until a request has failed that was sent from now on. */
  async untilFailed(): Promise<void> {
    const since = Date.now();
    const hasFailed = (batch?: Batch) => batch && batch.startedAt > since && batch.failed;
    await until("a failed request", () => this.#lastBatches.some(hasFailed) || undefined, {
      deadlineMs: 120_000,
    });
  }

  /** Stops the load, waits for pending requests, and returns the statistics of each phase. */
  async stop(): Promise<readonly LoadStats[]> {
    this.#stopped = true;
    await this.#running;
    return calculateStats(this.#phases, this.#outcomes);
  }

  /** The requests so far, second by second. */
  get series(): LoadSeries {
    return calculateSeries(this.#phases, this.#outcomes);
  }

  async #stream(index: number, headers: readonly string[]): Promise<void> {
    // The streams start their batches at different times, so that one of them always has a process that sends.
    let requests = index === 0 ? BATCH_REQUESTS : BATCH_REQUESTS / 2;
    while (!this.#stopped) {
      const startedAt = Date.now();
      const outcomes = await this.#batch(requests, headers);
      this.#outcomes.push(...outcomes);
      // No pod sends requests now.
      if (outcomes.length === 0) await delay(INTERVAL_MS);
      const failed = outcomes.length === 0 || outcomes.some(({ status }) => status !== "200");
      this.#lastBatches[index] = { startedAt, failed };
      requests = BATCH_REQUESTS;
    }
  }

  async #batch(requests: number, headers: readonly string[]): Promise<readonly Outcome[]> {
    const startedAt = Date.now();
    const command = [
      ...["curl", "-sS", "--rate", `${REQUESTS_PER_SECOND}/s`],
      ...["--max-time", String(REQUEST_TIMEOUT_SECONDS), ...headers],
      ...["-o", "/dev/null", "-w", "%{http_code} %{time_total} %{errormsg}\\n"],
      `${this.#url}?[1-${requests}]`,
    ];
    const text = await this.#pod.run(command, requests * REQUEST_TIMEOUT_SECONDS * 1000);
    const outcomes = parseOutcomes(text, Date.now());
    // When a pod is deleted, its sidecar may end a moment before curl, which then cannot connect to it any more.
    const answered = outcomes.findLastIndex(({ status }) => status !== "000") + 1;
    if (answered === outcomes.length || !(await this.#pod.wasReplaced(startedAt))) return outcomes;
    return outcomes.slice(0, answered);
  }
}

/** Parses the lines that curl completed. The last of them ended at `endedAt`, each other one before the next started. */
export function parseOutcomes(text: string, endedAt: number): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  let nextStart = Number.POSITIVE_INFINITY;
  for (const line of text.split("\n").slice(0, -1).reverse()) {
    const [, status, time, message = ""] = /^(\d{3}) ([\d.]+) ?(.*)$/.exec(line) ?? [];
    if (status === undefined || time === undefined) continue;
    const ms = Math.round(Number(time) * 1000);
    const startedAt = Math.min(nextStart - Math.max(ms, INTERVAL_MS), endedAt - ms);
    outcomes.unshift({ status, startedAt, ms, message });
    nextStart = startedAt;
  }
  return outcomes;
}

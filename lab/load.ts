import type { ContainerRef } from "../checks/toolkit/pods/container";

/** What became of the requests of one phase. */
export interface LoadFigures {
  readonly phase: string;
  readonly requests: number;
  /** Requests that got anything but a 200. */
  readonly failed: number;
  /** What the failed ones got instead, each once. */
  readonly failures: readonly string[];
  /** Times from the request to its answer (milliseconds). */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

interface Answer {
  readonly status: string;
  readonly ms: number;
  readonly message: string;
}

interface Phase {
  readonly name: string;
  readonly answers: Answer[];
}

const PER_SECOND = 20;
/** Each process of curl; a new one finds the pod that has taken the place of the last. */
const SECONDS = 5;
const MAX_SECONDS = 10;

/** Requests to `url` from the pod, about 20 a second, each on a connection of its own, until it is stopped. */
export class Load {
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

  /** Counts requests that are sent from now on under another name. */
  begin(name: string): Phase {
    this.#phase = { name, answers: [] };
    this.#phases.push(this.#phase);
    return this.#phase;
  }

  /** Stops the load, waits for what is under way, and gives the figures of each phase. */
  async stop(): Promise<readonly LoadFigures[]> {
    this.#stopped = true;
    await this.#running;
    return this.#phases.map(figures);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) await this.#batch();
  }

  async #batch(): Promise<void> {
    const { kubectl, namespace, pod, container } = this.#place;
    const { answers } = this.#phase;
    const { stdout } = await kubectl(
      [
        ...["exec", "-n", namespace, pod, "-c", container, "--", "curl", "-sS"],
        ...["--rate", `${PER_SECOND}/s`, "--max-time", String(MAX_SECONDS)],
        // A connection that lives on would not see that its gateway goes.
        ...["-H", "Connection: close", "-o", "/dev/null"],
        ...["-w", "%{http_code} %{time_total} %{errormsg}\\n"],
        `${this.#url}?[1-${PER_SECOND * SECONDS}]`,
      ],
      { timeoutMs: 60_000 },
    );
    // A pod that goes ends the process; what it had printed until then counts.
    answers.push(...answersIn(stdout));
  }
}

function figures({ name, answers }: Phase): LoadFigures {
  const failed = answers.filter(({ status }) => status !== "200");
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const quantile = (part: number) => times[Math.ceil(part * times.length) - 1] ?? 0;
  return {
    phase: name,
    requests: answers.length,
    failed: failed.length,
    failures: [...new Set(failed.map(({ status, message }) => `${status} ${message}`.trim()))],
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    maxMs: quantile(1),
  };
}

/** Each line that curl has completed. */
export function answersIn(text: string): Answer[] {
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

/** The figures as a table. */
export function loadTable(figures: readonly LoadFigures[]): string {
  const rows = [
    ["", "requests", "failed", "p50 ms", "p99 ms", "max ms"],
    ...figures.map(({ phase, requests, failed, p50Ms, p99Ms, maxMs }) => [
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

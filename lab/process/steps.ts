export interface Timing {
  readonly step: string;
  readonly ms: number;
}

/** What a step tells while it runs. */
export interface Step {
  /** Says what the step waits for now. */
  reportWait(what: string): void;
}

interface Running extends Step {
  readonly name: string;
  readonly started: number;
  wait: string;
}

export interface StepsOptions {
  readonly out?: Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns">;
  /** Beginning of the whole, in milliseconds since the epoch. */
  readonly startedAt?: number;
}

const LIVE_MS = 200;
const HEARTBEAT_MS = 10_000;

/**
 * Reports steps, which may run side by side: on a terminal as lines that live while the step does, elsewhere
 * as a line at its start, one at its end, and a sign of life in between.
 */
export class Steps {
  readonly timings: Timing[] = [];
  readonly #out: NonNullable<StepsOptions["out"]>;
  readonly #startedAt: number;
  readonly #running = new Set<Running>();
  #drawn = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ out = process.stdout, startedAt = Date.now() }: StepsOptions = {}) {
    this.#out = out;
    this.#startedAt = startedAt;
  }

  async run<T>(name: string, work: (step: Step) => Promise<T>): Promise<T> {
    const step: Running = {
      name,
      started: Date.now(),
      wait: "",
      reportWait: (what) => (step.wait = what),
    };
    this.#running.add(step);
    if (!this.#out.isTTY) this.#out.write(`  … ${name}\n`);
    this.#schedule();
    try {
      const result = await work(step);
      this.#end(step, "✓");
      return result;
    } catch (error) {
      this.#end(step, "✗");
      throw error;
    }
  }

  /** Prints lines of text above those that live. */
  print(text: string): void {
    this.#erase();
    this.#out.write(text.endsWith("\n") ? text : `${text}\n`);
    this.#draw();
  }

  get elapsedMs(): number {
    return Date.now() - this.#startedAt;
  }

  #end(step: Running, mark: string): void {
    const ms = Date.now() - step.started;
    this.timings.push({ step: step.name, ms });
    this.#running.delete(step);
    this.print(`  ${mark} ${step.name} ${formatDuration(ms)}`);
    if (this.#running.size === 0) clearInterval(this.#timer);
  }

  #schedule(): void {
    clearInterval(this.#timer);
    this.#timer = this.#out.isTTY
      ? setInterval(() => {
          this.#erase();
          this.#draw();
        }, LIVE_MS)
      : setInterval(() => {
          for (const step of this.#running) this.#out.write(`${line(step)}\n`);
        }, HEARTBEAT_MS);
    // A step that nothing can end any more must not keep the process alive.
    this.#timer.unref();
  }

  #erase(): void {
    if (this.#drawn > 0) this.#out.write(`\x1b[${this.#drawn}A\x1b[J`);
    this.#drawn = 0;
  }

  #draw(): void {
    if (!this.#out.isTTY) return;
    for (const step of this.#running) this.#out.write(`${cut(line(step), this.#out.columns)}\n`);
    this.#drawn = this.#running.size;
  }
}

export function formatDuration(ms: number): string {
  if (ms < 100_000) return `${(ms / 1000).toFixed(1)} s`;
  const s = Math.round(ms / 1000);
  return `${Math.floor(s / 60)} min ${s % 60} s`;
}

function line({ name, started, wait }: Running): string {
  return `  … ${name} ${formatDuration(Date.now() - started)}${wait && `: waiting for ${wait}`}`;
}

/** A line that wraps could not be erased. */
const cut = (text: string, columns = 80) => text.slice(0, Math.max(columns - 1, 20));

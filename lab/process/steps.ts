import { formatDuration } from "./format";

/** When a step ran. */
export interface Timing {
  readonly step: string;
  /** From the start of the first step to the start of this one. */
  readonly startMs: number;
  readonly ms: number;
}

/** What the work of a step can call while it runs. */
export interface Step {
  /** Shows what the step waits for now. */
  reportWait(what: string): void;
}

interface Running extends Step {
  readonly name: string;
  readonly startedAt: number;
  waitingFor: string;
  /** When it began to wait for that. */
  waitingSince: number;
}

interface StepsOptions {
  readonly out?: Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns">;
  /** When the first step started (milliseconds since the epoch). */
  readonly startedAt?: number;
}

const REDRAW_MS = 200;
const HEARTBEAT_MS = 10_000;

/**
 * Shows the progress of steps, which may run at the same time. On a terminal, each running step has a line that is
 * redrawn. Elsewhere, a step prints a line when it starts, one when it ends, and one every ten seconds in between.
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
      startedAt: Date.now(),
      waitingFor: "",
      waitingSince: 0,
      reportWait: (what) => {
        if (what === step.waitingFor) return;
        step.waitingFor = what;
        step.waitingSince = Date.now();
      },
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

  /** Prints text above the lines of running steps. */
  print(text: string): void {
    this.#erase();
    this.#out.write(text.endsWith("\n") ? text : `${text}\n`);
    this.#draw();
  }

  get elapsedMs(): number {
    return Date.now() - this.#startedAt;
  }

  #end(step: Running, mark: string): void {
    const ms = Date.now() - step.startedAt;
    this.timings.push({ step: step.name, startMs: step.startedAt - this.#startedAt, ms });
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
        }, REDRAW_MS)
      : setInterval(() => {
          for (const step of this.#running) this.#out.write(`${formatLine(step)}\n`);
        }, HEARTBEAT_MS);
    // A step that cannot end any more must not keep the process alive.
    this.#timer.unref();
  }

  #erase(): void {
    if (this.#drawn > 0) this.#out.write(`\x1b[${this.#drawn}A\x1b[J`);
    this.#drawn = 0;
  }

  #draw(): void {
    if (!this.#out.isTTY) return;
    for (const step of this.#running)
      this.#out.write(`${truncate(formatLine(step), this.#out.columns)}\n`);
    this.#drawn = this.#running.size;
  }
}

function formatLine({ name, startedAt, waitingFor, waitingSince }: Running): string {
  const since = (start: number) => formatDuration(Date.now() - start);
  const wait = waitingFor && `: waiting ${since(waitingSince)} for ${waitingFor}`;
  return `  … ${name} ${since(startedAt)}${wait}`;
}

/** Shortens a line to the terminal's width: a line that wraps cannot be erased. */
const truncate = (text: string, columns = 80) => text.slice(0, Math.max(columns - 1, 20));

import { readdirSync, readFileSync, statfsSync } from "node:fs";

const SAMPLE_MS = 3000;

/**
 * Samples the memory of all processes in this PID namespace and keeps the largest sum: their proportional set sizes,
 * which count shared pages once, and the files on a tmpfs.
 */
export class PeakMemory {
  #peak = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(tmpfs: string) {
    const sample = () => {
      this.#peak = Math.max(this.#peak, sumProcessBytes() + readUsedBytes(tmpfs));
    };
    sample();
    this.#timer = setInterval(sample, SAMPLE_MS);
    this.#timer.unref();
  }

  get bytes(): number {
    return this.#peak;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

function sumProcessBytes(): number {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, pid) => sum + readPssBytes(pid), 0);
}

function readPssBytes(pid: string): number {
  try {
    return parsePss(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
  } catch {
    return 0; // The process has ended.
  }
}

/** Parses the proportional set size of /proc/PID/smaps_rollup (bytes). */
export function parsePss(rollup: string): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}

function readUsedBytes(path: string): number {
  const { blocks, bfree, bsize } = statfsSync(path);
  return (blocks - bfree) * bsize;
}

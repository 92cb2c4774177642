import { readdirSync, readFileSync, statfsSync } from "node:fs";

const EVERY_MS = 3000;

/**
 * The most memory that all processes of this process namespace have held at once, sampled: their proportional
 * set sizes, in which shared pages count once, and the files on a tmpfs.
 */
export class PeakMemory {
  #peak = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(tmpfs: string) {
    const sample = () => {
      this.#peak = Math.max(this.#peak, processBytes() + usedBytes(tmpfs));
    };
    sample();
    this.#timer = setInterval(sample, EVERY_MS);
    this.#timer.unref();
  }

  get bytes(): number {
    return this.#peak;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

function processBytes(): number {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, pid) => sum + pssBytes(pid), 0);
}

function pssBytes(pid: string): number {
  try {
    return parsePss(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
  } catch {
    return 0; // It has ended.
  }
}

export function parsePss(rollup: string): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}

function usedBytes(path: string): number {
  const { blocks, bfree, bsize } = statfsSync(path);
  return (blocks - bfree) * bsize;
}

/** Bytes in words. */
export function formatGiB(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GiB`;
}

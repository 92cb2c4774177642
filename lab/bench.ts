import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { formatGiB } from "./process/peak-memory";
import { formatDuration } from "./process/steps";
import { readReport, type Timings } from "./report";

/** What the project asks of the lab on two cores. */
const WARM = { requestMs: 90_000, totalMs: 180_000, peakMemoryBytes: 4 * 2 ** 30 };
const COLD = { totalMs: 25 * 60_000 };

/** `npm run bench`: runs the lab and prints where the time went. With `--cold`, from empty caches. */
async function main(): Promise<void> {
  const { cold } = parseArgs({ options: { cold: { type: "boolean", default: false } } }).values;
  const folder = mkdtempSync(join(tmpdir(), "istio-mtls-bench-"));
  const file = join(folder, "out.json");
  const empty = (name: string) => join(folder, name);
  const caches = { XDG_CACHE_HOME: empty("cache"), GOCACHE: empty("go"), GOMODCACHE: empty("mod") };
  try {
    const lab = spawn(process.execPath, [join(__dirname, "start.mjs"), "--json", file], {
      stdio: "inherit",
      // Go's module cache is read-only unless asked otherwise, and would outlive this run.
      env: { ...process.env, ...(cold && { ...caches, GOFLAGS: "-modcacherw" }) },
    });
    await new Promise((done) => lab.on("exit", done));
    print(readReport(file).timings, cold);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print({ requestMs, totalMs, peakMemoryBytes, steps }: Timings, cold: boolean) {
  const rows: [string, string, string][] = cold
    ? [["everything", formatDuration(totalMs), formatDuration(COLD.totalMs)]]
    : [
        ["to the answer", formatDuration(requestMs), formatDuration(WARM.requestMs)],
        ["everything", formatDuration(totalMs), formatDuration(WARM.totalMs)],
        ["peak memory", formatGiB(peakMemoryBytes), formatGiB(WARM.peakMemoryBytes)],
      ];
  console.log(`\n${cpus().length} processors. Measured, and the aim:\n`);
  for (const [what, measured, aim] of rows) {
    console.log(`  ${what.padEnd(28)}${measured.padStart(14)}${aim.padStart(14)}`);
  }
  console.log("\nWhere the time went (steps that run side by side count each):\n");
  for (const [step, ms] of Object.entries(steps).sort(([, a], [, b]) => b - a)) {
    if (ms >= 500) console.log(`  ${step.padEnd(50)}${formatDuration(ms).padStart(14)}`);
  }
}

void main();

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { formatDuration, formatGiB } from "./process/format";
import { readReport, type Timings } from "./report";

/** The project's targets for the lab on two cores. */
const WARM_TARGETS = { requestMs: 60_000, totalMs: 120_000, peakMemoryBytes: 4 * 2 ** 30 };
const COLD_TARGETS = { totalMs: 25 * 60_000 };

/** `npm run bench`: runs the lab and prints how long each step took. With `--cold`, starts from empty caches. */
async function main(): Promise<void> {
  const { cold } = parseArgs({ options: { cold: { type: "boolean", default: false } } }).values;
  const folder = mkdtempSync(join(tmpdir(), "istio-mtls-bench-"));
  const file = join(folder, "out.json");
  const caches = {
    XDG_CACHE_HOME: join(folder, "cache"),
    GOCACHE: join(folder, "go"),
    GOMODCACHE: join(folder, "mod"),
  };
  try {
    const lab = spawn(process.execPath, [join(__dirname, "start.mjs"), "--json", file], {
      stdio: "inherit",
      // By default, Go makes its module cache read-only, and rmSync could not remove it.
      env: { ...process.env, ...(cold && { ...caches, GOFLAGS: "-modcacherw" }) },
    });
    await new Promise((done) => lab.on("exit", done));
    printTimings(readReport(file).timings, cold);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function printTimings({ requestMs, totalMs, peakMemoryBytes, steps }: Timings, cold: boolean) {
  const rows: [string, string, string][] = cold
    ? [["total time", formatDuration(totalMs), formatDuration(COLD_TARGETS.totalMs)]]
    : [
        ["first response", formatDuration(requestMs), formatDuration(WARM_TARGETS.requestMs)],
        ["total time", formatDuration(totalMs), formatDuration(WARM_TARGETS.totalMs)],
        ["peak memory", formatGiB(peakMemoryBytes), formatGiB(WARM_TARGETS.peakMemoryBytes)],
      ];
  console.log(`\nMeasured on ${cpus().length} processors, and the target:\n`);
  for (const [what, measured, target] of rows) {
    console.log(`  ${what.padEnd(28)}${measured.padStart(14)}${target.padStart(14)}`);
  }
  console.log("\nDuration of each step (steps that run at the same time each count in full):\n");
  for (const [step, ms] of Object.entries(steps).sort(([, a], [, b]) => b - a)) {
    if (ms >= 500) console.log(`  ${step.padEnd(50)}${formatDuration(ms).padStart(14)}`);
  }
}

void main();

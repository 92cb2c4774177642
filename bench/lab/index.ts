import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { formatDuration, formatGiB } from "../../lab/process/format";
import { readReport, type Timings } from "../../lab/report";
import type { Options } from "../options";
import type { Result } from "../result";
import { runLab } from "../run-lab";

/** The project's targets for the lab on two cores. */
const WARM_TARGETS = { requestMs: 60_000, totalMs: 120_000, peakMemoryBytes: 4 * 2 ** 30 };
const COLD_TARGETS = { totalMs: 25 * 60_000 };

/** Runs the lab. With `--cold`, starts from empty caches. */
export async function run({ cold }: Options): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "istio-mtls-bench-"));
  const file = join(folder, "out.json");
  const caches = {
    XDG_CACHE_HOME: join(folder, "cache"),
    GOCACHE: join(folder, "go"),
    GOMODCACHE: join(folder, "mod"),
  };
  try {
    // By default, Go makes its module cache read-only, and rmSync could not remove it.
    await runLab(["--json", file], cold ? { ...caches, GOFLAGS: "-modcacherw" } : {});
    return describeTimings(readReport(file).timings, cold);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The tables and the plot of a lab's timings. */
export function describeTimings(timings: Timings, cold: boolean): Result {
  const { requestMs, totalMs, peakMemoryBytes, steps } = timings;
  const total = ["total time", formatDuration(totalMs)];
  const longest = Object.entries(steps)
    .filter(([, ms]) => ms >= 500)
    .sort(([, a], [, b]) => b - a);
  return {
    tables: [
      {
        title: "The lab as a whole",
        columns: ["", "measured", "target"],
        rows: cold
          ? [[...total, formatDuration(COLD_TARGETS.totalMs)]]
          : [
              ["first response", formatDuration(requestMs), formatDuration(WARM_TARGETS.requestMs)],
              [...total, formatDuration(WARM_TARGETS.totalMs)],
              ["peak memory", formatGiB(peakMemoryBytes), formatGiB(WARM_TARGETS.peakMemoryBytes)],
            ],
      },
      {
        title: "Duration of each step",
        columns: ["", "duration"],
        rows: longest.map(([step, ms]) => [step, formatDuration(ms)]),
        note: "Steps that run at the same time each count in full.",
      },
    ],
    plots: [
      {
        name: "lab-steps",
        title: "The longest steps of npm run lab",
        kind: "bar",
        unit: "s",
        categories: longest.slice(0, 10).map(([step]) => step),
        series: [{ name: "duration", values: longest.slice(0, 10).map(([, ms]) => ms / 1000) }],
      },
    ],
    samples: timings,
  };
}

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Creates empty charts in `folder`, as a mirror of a chart repository has them. */
export function createCharts(folder: string, charts: readonly string[]): string {
  for (const chart of charts) {
    mkdirSync(join(folder, chart), { recursive: true });
    writeFileSync(join(folder, chart, "Chart.yaml"), `apiVersion: v2\nname: ${chart}\n`);
  }
  return folder;
}

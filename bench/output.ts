import { mkdirSync, writeFileSync } from "node:fs";

import { describeMachine } from "./machine";
import type { Options } from "./options";
import { writePlots } from "./plots";
import type { Report } from "./result";
import { renderMarkdown, renderText } from "./table";

/** Prints the tables, and writes the files that the user asked for. */
export function printReport(report: Report, { json, markdown, plots }: Options): void {
  const load = describeMachine(report.machine);
  console.log(`\n${report.tables.map(renderText).join("\n")}\n${load}`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  if (markdown !== undefined) {
    writeFileSync(markdown, `${report.tables.map(renderMarkdown).join("\n")}\n${load}\n`);
  }
  if (plots !== undefined) {
    mkdirSync(plots, { recursive: true });
    writePlots(plots, report.plots);
  }
}

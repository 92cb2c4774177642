import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";

import { describeMachine } from "./machine";
import { updatePage } from "./markdown-page";
import type { Options } from "./options";
import { writePlots } from "./plots";
import type { Report } from "./result";
import { renderText } from "./table";

/** Prints the tables, and writes the files that the user asked for. */
export function printReport(report: Report, { json, markdown, plots }: Options): void {
  const load = describeMachine(report.machine);
  console.log(`\n${report.tables.map(renderText).join("\n")}\n${load}`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  if (markdown !== undefined) {
    const page = existsSync(markdown) ? readFileSync(markdown, "utf8") : "";
    const folder = plots === undefined ? undefined : relative(dirname(markdown), plots);
    writeFileSync(markdown, updatePage(page, report, folder));
  }
  if (plots !== undefined) {
    mkdirSync(plots, { recursive: true });
    writePlots(plots, report.plots);
  }
}

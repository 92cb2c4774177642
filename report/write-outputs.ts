import { writeFileSync } from "node:fs";

import type { PageData } from "./page-data";
import { type Outputs, pageFile } from "./outputs";
import { renderPage } from "./page";

/** Writes what a command found to the outputs that its flags name. */
export async function writeOutputs({ json, report }: Outputs, data: PageData): Promise<void> {
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(data, null, 2)}\n`);
  if (report !== undefined) writeFileSync(pageFile(report), await renderPage(data));
}

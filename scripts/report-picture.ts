import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { findCommand } from "../lab/prepare/find-command";
import { pageFile } from "../report/outputs";
import { Browser, BROWSERS } from "./browser";
import { PICTURES_FOLDER } from "./pictures";

const VIEW = { width: 900, height: 1010 } as const;

/** `npx tsx scripts/report-picture.ts DIR`: takes the picture of README.md from the page that `--report DIR` wrote. */
async function main(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error("name the folder of --report");
  const command = findCommand(BROWSERS);
  if (command === undefined) throw new Error(`install one of ${BROWSERS.join(", ")}`);
  await using browser = await Browser.start(command);
  await browser.open(pageFile(folder), { ...VIEW, scheme: "light" });
  const picture = await browser.screenshot({ height: VIEW.height });
  writeFileSync(join(PICTURES_FOLDER, "report.png"), picture);
}

void main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

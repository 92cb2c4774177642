import { readFileSync, writeFileSync } from "node:fs";

import { PROJECT_FILE, projectFile } from "./project-file";
import { README, readmeWithTable } from "./readme-table";
import { REFERENCE_PAGE, referencePage } from "./reference-page";

/** The files that are made from the keys of the configuration, wholly or in part, by name. */
export const GENERATED: Readonly<Record<string, (text: string) => Promise<string>>> = {
  [PROJECT_FILE]: projectFile,
  [README]: readmeWithTable,
  [REFERENCE_PAGE]: referencePage,
};

async function main(): Promise<void> {
  for (const [file, generate] of Object.entries(GENERATED)) {
    writeFileSync(file, await generate(readFileSync(file, "utf8")));
  }
}

if (require.main === module) void main();

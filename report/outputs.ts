import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where a command writes what it found, besides the terminal. */
export interface Outputs {
  /** File for the data, as JSON. */
  readonly json?: string | undefined;
  /** Folder for the page. */
  readonly report?: string | undefined;
}

/** The file of the page in its folder. */
export const pageFile = (folder: string) => join(folder, "index.html");

/**
 * Removes the results of an earlier run, which would look like those of a run that fails.
 *
 * @throws Error if an output cannot be written
 */
export function clearOutputs({ json, report }: Outputs): void {
  if (json !== undefined) {
    attempt(`--json ${json}`, "name a file in a folder that exists", () => {
      writeFileSync(json, "");
    });
  }
  if (report !== undefined) {
    attempt(`--report ${report}`, "name a folder, which may be new", () => {
      mkdirSync(report, { recursive: true });
      writeFileSync(pageFile(report), "");
      rmSync(pageFile(report));
    });
  }
}

function attempt(flag: string, remedy: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new Error(`${flag}: cannot be written (${(error as Error).message}): ${remedy}`);
  }
}

/** @throws Error when the value of a flag is empty */
export function requireValue(flag: "json" | "report", value: string | undefined): void {
  if (value !== "") return;
  const [what, example] = { json: ["file", "out.json"], report: ["folder", "out"] }[flag];
  throw new Error(`--${flag}: must be a ${what} name (got ""): as in --${flag} ${example}`);
}

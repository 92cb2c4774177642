import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Report, readReport } from "../../lab/report";
import { pageFile } from "../../report/outputs";

/** The result of a lab that has ended. */
export interface LabRun {
  readonly code: number;
  /** Standard output and standard error. */
  readonly output: string;
  readonly report?: Report;
  /** The page of `--report`. */
  readonly page?: string;
}

/** Runs `npm run lab` with flags, and further environment variables, until it ends. */
export async function runLab(
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<LabRun> {
  const folder = mkdtempSync(join(tmpdir(), "istio-mtls-lab-test-"));
  const file = join(folder, "out.json");
  // CI keeps the pages.
  const kept = process.env["LAB_REPORTS"];
  const page = kept === undefined ? folder : join(kept, nameOf(flags));
  try {
    const args = ["--json", file, "--report", page, ...flags];
    const child = spawn("npm", ["run", "--silent", "lab", "--", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    let output = "";
    const take = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    const code = await new Promise<number>((done) => {
      child.on("close", (status) => {
        done(status ?? 1);
      });
    });
    try {
      return {
        ...{ code, output, report: readReport(file) },
        page: readFileSync(pageFile(page), "utf8"),
      };
    } catch {
      return { code, output };
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A name for a run: its scenarios. */
function nameOf(flags: readonly string[]): string {
  return flags.filter((_, index) => flags[index - 1] === "--scenario").join("+") || "lab";
}

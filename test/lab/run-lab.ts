import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Report, readReport } from "../../lab/report";

/** The result of a lab that has ended. */
export interface LabRun {
  readonly code: number;
  /** Standard output and standard error. */
  readonly output: string;
  readonly report?: Report;
}

/** Runs `npm run lab` with flags, and further environment variables, until it ends. */
export async function runLab(
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<LabRun> {
  const folder = mkdtempSync(join(tmpdir(), "istio-mtls-lab-test-"));
  const file = join(folder, "out.json");
  try {
    const child = spawn("npm", ["run", "--silent", "lab", "--", "--json", file, ...flags], {
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
      return { code, output, report: readReport(file) };
    } catch {
      return { code, output };
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Result } from "../../checks/check";

/** A lab that has ended. */
export interface LabRun {
  readonly code: number;
  /** What people saw. */
  readonly output: string;
  readonly report?: {
    readonly checks: readonly Result[];
    readonly timings: { readonly requestMs: number; readonly totalMs: number };
    readonly versions: Readonly<Record<string, string>>;
  };
}

/** Runs `npm run lab` to its end, with settings of the program as `--set` takes them. */
export async function runLab(set: readonly string[] = []): Promise<LabRun> {
  const folder = mkdtempSync(join(tmpdir(), "istio-mtls-lab-test-"));
  const file = join(folder, "out.json");
  try {
    const flags = ["--json", file, ...set.flatMap((setting) => ["--set", setting])];
    const child = spawn("npm", ["run", "--silent", "lab", "--", ...flags], {
      stdio: ["ignore", "pipe", "pipe"],
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
      return { code, output, report: JSON.parse(readFileSync(file, "utf8")) as never };
    } catch {
      return { code, output };
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { spawn } from "node:child_process";
import { join } from "node:path";

/** Runs `npm run lab` with these flags; returns its exit code. */
export function runLab(
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  const lab = spawn(process.execPath, [join(__dirname, "../lab/start.mjs"), ...flags], {
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve) => {
    lab.on("exit", (code) => {
      resolve(code ?? 1);
    });
  });
}

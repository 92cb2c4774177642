import { spawn } from "node:child_process";

import { buildLabEnvironment } from "./lab-environment";
import type { PreparedLab } from "./prepared-lab";

/** Runs a shell command in the lab's namespaces, as `npm run lab:shell` would; returns whether it succeeded. */
export async function runInside(command: string, lab: PreparedLab): Promise<boolean> {
  const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", "bash", "-c", command], {
    stdio: ["ignore", "inherit", "inherit"],
    cwd: lab.projectFolder,
    env: buildLabEnvironment(lab),
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      resolve(code === 0);
    });
  });
}

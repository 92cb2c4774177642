import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

import { findRunningLabs } from "./running-labs";
import { readPreparedLab, preparedLabFile } from "./prepared-lab";

/**
 * A shell, or the command given, inside of a lab that runs with `--keep`: kubectl on the PATH, and the contexts
 * `server` and `client`.
 */
function main(command: readonly string[]): void {
  const newest = findRunningLabs().at(-1);
  if (newest === undefined) {
    console.error("No lab is up. Start one: npm run lab -- --keep");
    process.exitCode = 1;
    return;
  }
  const { tools, workFolder: work } = readPreparedLab(preparedLabFile(newest.runFolder));
  const user = process.getuid?.() === 0 ? [] : ["--user", "--preserve-credentials"];
  const enter = ["--target", String(newest.init), ...user, "--net", "--mount", "--pid", "--"];
  // Other mounts, and with them another working directory: back to this one.
  const here = ["env", `--chdir=${process.cwd()}`];
  const kubeconfigs = ["server", "client"].map((name) => join(work, name, "kubeconfig"));
  const inside = spawn(
    "nsenter",
    [...enter, ...here, ...(command.length > 0 ? command : ["bash"])],
    {
      stdio: "inherit",
      env: {
        ...process.env,
        PATH: [tools.bin, join(tools.engine, "bin"), process.env["PATH"]].join(delimiter),
        KUBECONFIG: kubeconfigs.join(delimiter),
      },
    },
  );
  inside.once("error", (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  inside.once("exit", (code) => (process.exitCode = code ?? 1));
}

main(process.argv.slice(2));

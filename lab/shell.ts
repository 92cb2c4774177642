import { spawn } from "node:child_process";

import { buildLabEnvironment } from "./lab-environment";
import { readPreparedLab, preparedLabFile } from "./prepared-lab";
import { findRunningLabs } from "./running-labs";

/**
 * `npm run lab:shell [-- COMMAND]`: runs a shell, or the command, inside a lab that was started with `--keep`. It has
 * kubectl on the PATH, and the contexts `server` and `client`.
 */
function main(command: readonly string[]): void {
  const newest = findRunningLabs().at(-1);
  if (newest === undefined) {
    console.error("No lab is running. Start one with: npm run lab -- --keep");
    process.exitCode = 1;
    return;
  }
  const lab = readPreparedLab(preparedLabFile(newest.runFolder));
  const enter = ["--target", String(newest.initPid), "--net", "--mount", "--pid", "--"];
  // Entering a mount namespace changes the working directory.
  const changeDirectory = ["env", `--chdir=${process.cwd()}`];
  const shell = spawn(
    "nsenter",
    [...enter, ...changeDirectory, ...(command.length > 0 ? command : ["bash"])],
    {
      stdio: "inherit",
      env: buildLabEnvironment(lab),
    },
  );
  shell.once("error", (error) => {
    console.error(`Cannot enter the lab's namespaces: ${error.message}`);
    process.exitCode = 1;
  });
  shell.once("exit", (code) => (process.exitCode = code ?? 1));
}

main(process.argv.slice(2));

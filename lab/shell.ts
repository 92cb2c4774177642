import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

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
  const { tools, workFolder } = readPreparedLab(preparedLabFile(newest.runFolder));
  const enter = ["--target", String(newest.initPid), "--net", "--mount", "--pid", "--"];
  // Entering a mount namespace changes the working directory.
  const changeDirectory = ["env", `--chdir=${process.cwd()}`];
  const kubeconfigs = ["server", "client"].map((name) => join(workFolder, name, "kubeconfig"));
  const shell = spawn(
    "nsenter",
    [...enter, ...changeDirectory, ...(command.length > 0 ? command : ["bash"])],
    {
      stdio: "inherit",
      env: {
        ...process.env,
        PATH: [tools.bin, join(tools.engine, "bin"), process.env["PATH"]].join(delimiter),
        KUBECONFIG: kubeconfigs.join(delimiter),
      },
    },
  );
  shell.once("error", (error) => {
    console.error(`Cannot enter the lab's namespaces: ${error.message}`);
    process.exitCode = 1;
  });
  shell.once("exit", (code) => (process.exitCode = code ?? 1));
}

main(process.argv.slice(2));

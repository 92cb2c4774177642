import { delimiter, join } from "node:path";

import { LAB_VARIABLE } from "./lab-variable";
import { kubeconfigFile, type PreparedLab, preparedLabFile } from "./prepared-lab";

/** The environment of commands inside a lab: kubectl on the PATH, and the contexts `server` and `client`. */
export function buildLabEnvironment({
  tools,
  workFolder,
  runFolder,
}: PreparedLab): NodeJS.ProcessEnv {
  const kubeconfigs = ["server", "client"].map((name) => kubeconfigFile(workFolder, name));
  return {
    ...process.env,
    PATH: [tools.bin, join(tools.engine, "bin"), process.env["PATH"]].join(delimiter),
    KUBECONFIG: kubeconfigs.join(delimiter),
    [LAB_VARIABLE]: preparedLabFile(runFolder),
  };
}

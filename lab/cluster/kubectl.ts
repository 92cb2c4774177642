import { join } from "node:path";

import { run } from "../process/run";

export interface KubectlTarget {
  readonly bin: string;
  /** Path of the kubeconfig. */
  readonly kubeconfig: string;
  /** Folder for kubectl's discovery cache: not the user's own. */
  readonly cacheDir: string;
}

export function kubectl(target: KubectlTarget, args: readonly string[], input?: string) {
  const { bin, kubeconfig, cacheDir } = target;
  const common = ["--kubeconfig", kubeconfig, "--cache-dir", cacheDir];
  return run(join(bin, "kubectl"), [...common, ...args], input === undefined ? {} : { input });
}

import { join } from "node:path";

import type { Step } from "../process/steps";
import { buildGoModule } from "./build-go-module";

/** Builds the version of Helm that the Kubernetes plugin contains, if the cache does not have it; returns its path. */
export async function buildHelm(
  projectFolder: string,
  cache: string,
  step: Step,
  signal: AbortSignal,
): Promise<string> {
  const folder = join(projectFolder, "lab/kubernetes-plugin");
  const module = { name: "helm", folder, packages: ["tool"] };
  return join(await buildGoModule(cache, module, step, signal), "bin/helm");
}

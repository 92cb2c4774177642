import { readFileSync } from "node:fs";

import { kubeconfigFile } from "../lab/prepared-lab";
import { connectStacks, openStacks, type Stacks } from "../lab/scenario/stacks";
import type { RunningLab } from "./in-lab";

/** Reads a kubeconfig of the lab. */
function readKubeconfig({ lab }: RunningLab, cluster: "server" | "client"): string {
  return readFileSync(kubeconfigFile(lab.workFolder, cluster), "utf8");
}

/** Opens the stacks of the running lab again, with the configuration that it started with. */
export async function openLabStacks(running: RunningLab): Promise<Stacks> {
  const stacks = await openStacks(running.lab, running.steps, new AbortController().signal);
  await connectStacks(stacks, {
    server: { kubeconfigText: readKubeconfig(running, "server") },
    client: { kubeconfigText: readKubeconfig(running, "client") },
  });
  return stacks;
}

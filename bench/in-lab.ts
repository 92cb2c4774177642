import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { discoverMeshes } from "../checks/runner/discover";
import type { Meshes } from "../checks/meshes";
import { LAB_VARIABLE } from "../lab/lab-variable";
import { type PreparedLab, readPreparedLab } from "../lab/prepared-lab";
import { fetchEnvoy } from "../lab/prepare/envoy";
import { getCacheFolder } from "../lab/prepare/user-folders";
import { Steps } from "../lab/process/steps";
import { connectCluster } from "../lab/scenario/verify";
import { buildVegeta } from "./load/vegeta";

/** A running lab, for a benchmark in its namespaces. */
export interface RunningLab {
  readonly lab: PreparedLab;
  readonly meshes: Meshes;
  readonly steps: Steps;
  /** Path of the lab's Envoy. */
  readonly envoy: string;
  readonly vegeta: string;
  /** Folder for files of the benchmark. It disappears with the lab. */
  readonly folder: string;
}

/** Finds out what the lab has, in whose namespaces this process runs. */
export async function openRunningLab(): Promise<RunningLab> {
  const lab = readPreparedLab(process.env[LAB_VARIABLE] ?? "");
  const steps = new Steps();
  const folder = join(lab.workFolder, "bench");
  mkdirSync(folder, { recursive: true });
  return {
    lab,
    steps,
    folder,
    meshes: await discoverMeshes(connectCluster(lab, "server"), connectCluster(lab, "client"), {
      enforcesNetworkPolicy: true,
    }),
    // Both are in the cache already: a lab has no way to the internet.
    envoy: await steps.run("find Envoy", (step) =>
      fetchEnvoy(getCacheFolder(), step, new AbortController().signal),
    ),
    vegeta: await buildVegeta(steps),
  };
}

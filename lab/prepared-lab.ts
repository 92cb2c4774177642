import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Flags } from "./flags";
import type { Tools } from "./prepare/tools";
import type { Timing } from "./process/steps";

/** What the launcher prepares outside the lab's namespaces and hands to the process inside them, as a file. */
export interface PreparedLab {
  readonly flags: Flags;
  readonly projectFolder: string;
  /** Folder for logs, which remains after the lab has ended. */
  readonly runFolder: string;
  /** Folder for everything that is secret: a tmpfs that disappears with the lab. */
  readonly workFolder: string;
  /** When the user started the lab (milliseconds since the epoch). */
  readonly startedAt: number;
  /** Duration of each step so far. */
  readonly timings: readonly Timing[];
  readonly tools: Tools;
}

/** Path of the file in the run folder of a lab. */
export const preparedLabFile = (runFolder: string) => join(runFolder, "prepared-lab.json");

/** Path of the kubeconfig of a cluster in the work folder of a lab. */
export const kubeconfigFile = (workFolder: string, cluster: string) =>
  join(workFolder, cluster, "kubeconfig");

export function writePreparedLab(file: string, lab: PreparedLab): void {
  writeFileSync(file, JSON.stringify(lab, null, 2));
}

export function readPreparedLab(file: string): PreparedLab {
  return JSON.parse(readFileSync(file, "utf8")) as PreparedLab;
}

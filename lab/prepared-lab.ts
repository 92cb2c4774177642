import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Flags } from "./flags";
import type { Plugin } from "./prepare/pulumi-plugins";
import type { Timing } from "./process/steps";

/** What is prepared outside of the lab's namespaces, for the part that runs inside. */
export interface PreparedLab {
  readonly flags: Flags;
  /** Folder of the project. */
  readonly projectFolder: string;
  /** Folder for logs, which outlives the lab. */
  readonly runFolder: string;
  /** Folder for all that is secret: a tmpfs that goes with the lab. */
  readonly workFolder: string;
  /** The lab's beginning, in milliseconds since the epoch, and the steps until here. */
  readonly startedAt: number;
  readonly timings: readonly Timing[];
  readonly tools: Tools;
}

/** Where the programs are that the lab runs. */
export interface Tools {
  /** Folder of the Kubernetes, etcd, CoreDNS, Istio, Helm and httpbin commands. */
  readonly bin: string;
  /** Folder with `bin/pulumi`. */
  readonly engine: string;
  readonly nodeAgent: string;
  readonly envoy: string;
  readonly envoyBootstrap: string;
  /** Folder of Istio's Helm charts. */
  readonly charts: string;
  readonly plugins: readonly Plugin[];
}

export const preparedLabFile = (run: string) => join(run, "settings.json");

export function writePreparedLab(file: string, settings: PreparedLab): void {
  writeFileSync(file, JSON.stringify(settings, null, 2));
}

export function readPreparedLab(file: string): PreparedLab {
  return JSON.parse(readFileSync(file, "utf8")) as PreparedLab;
}

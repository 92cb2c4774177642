import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Result } from "../checks/check";
import type { StoryResult } from "./scenario/story";
import { readRequiredVersion } from "./prepare/go-mod";
import type { PreparedLab } from "./prepared-lab";

/** What a lab measures, besides its checks. */
export interface Timings {
  /** From `npm run lab` to the response to the first request. */
  readonly requestMs: number;
  /** From `npm run lab` until both stacks are destroyed; with `--keep`, until the last check. */
  readonly totalMs: number;
  /** Largest amount of memory that all processes of the lab used at one time. */
  readonly peakMemoryBytes: number;
  /** Duration of each step (milliseconds). */
  readonly steps: Readonly<Record<string, number>>;
}

/** The report of `--json`. */
export interface Report {
  readonly checks: readonly Result[];
  /** The requests during each story of the scenarios. */
  readonly stories: readonly StoryResult[];
  readonly timings: Timings;
  /** The digest of each container image, by its reference. */
  readonly images: Readonly<Record<string, string>>;
  /** Version of each program that ran. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Empties the report file before a lab starts. A lab that fails writes no report, and an older one would look like its
 * result.
 *
 * @throws Error if the file cannot be written
 */
export function clearReport(file: string): void {
  try {
    writeFileSync(file, "");
  } catch (error) {
    throw new Error(
      `--json ${file}: cannot be written (${(error as Error).message}): name a file in a folder that exists`,
    );
  }
}

/** Writes the report of a lab. */
export function writeReport(
  file: string,
  lab: PreparedLab,
  outcome: Omit<Report, "versions" | "images">,
): void {
  const report: Report = {
    ...outcome,
    images: lab.tools.images.digests,
    versions: readVersions(lab),
  };
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

/** Reads a report of {@link writeReport}. */
export function readReport(file: string): Report {
  return JSON.parse(readFileSync(file, "utf8")) as Report;
}

/** Reads the versions from where they are pinned. */
function readVersions({ projectFolder, tools }: PreparedLab): Record<string, string> {
  const tool = (module: string) => readRequiredVersion(join(projectFolder, "lab/tools"), module);
  return {
    node: process.version,
    pulumi: readRequiredVersion(
      join(projectFolder, "lab/engine"),
      "github.com/pulumi/pulumi/pkg/v3",
    ),
    ...Object.fromEntries(
      tools.plugins.map(({ name, version, origin }) => [
        `plugin ${name}`,
        `${version} (${origin})`,
      ]),
    ),
    kubernetes: tool("k8s.io/kubernetes"),
    istio: tool("istio.io/istio"),
    "kube-network-policies": tool("sigs.k8s.io/kube-network-policies"),
    etcd: tool("go.etcd.io/etcd/server/v3"),
    containerd: tool("github.com/containerd/containerd/v2"),
    coredns: tool("github.com/coredns/coredns"),
  };
}

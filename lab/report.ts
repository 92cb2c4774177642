import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { PageData } from "../report/page-data";
import { writeOutputs } from "../report/write-outputs";
import type { StoryResult } from "./scenario/story";
import { readRequiredVersion } from "./prepare/go-mod";
import type { PreparedLab } from "./prepared-lab";
import type { Timing } from "./process/steps";

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
  /** When each step ran, in the order in which they ended. */
  readonly spans: readonly Timing[];
}

/** What a lab found: `--json` writes it, and `--report` shows it. */
export interface Report extends PageData {
  /** The requests during each story of the scenarios. */
  readonly stories: readonly StoryResult[];
  readonly timings: Timings;
  /** The digest of each container image, by its reference. */
  readonly images: Readonly<Record<string, string>>;
}

/** Writes the report of a lab to the outputs that its flags name. */
export async function writeReport(
  lab: PreparedLab,
  outcome: Omit<Report, "command" | "createdAt" | "versions" | "images">,
): Promise<void> {
  const report: Report = {
    command: formatCommand(lab.flags),
    createdAt: new Date().toISOString(),
    ...outcome,
    images: lab.tools.images.digests,
    versions: readVersions(lab),
  };
  await writeOutputs(lab.flags, report);
}

/** The command, with the flags that decide what it does. */
function formatCommand({ scenarios, images }: PreparedLab["flags"]): string {
  const flags = [
    ...scenarios.map((name) => `--scenario ${name}`),
    ...(images === "official" ? ["--images official"] : []),
  ];
  return ["npm run lab", ...(flags.length > 0 ? ["--", ...flags] : [])].join(" ");
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

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Result } from "../checks/check";
import type { LoadStats } from "./scenario/request-load";
import { getRequiredVersion } from "./prepare/cache-key";
import type { PreparedLab } from "./prepared-lab";

/** What a lab measured of itself, beside its checks. */
export interface Timings {
  /** From `npm run lab` to the answer of the request. */
  readonly requestMs: number;
  /** From `npm run lab` to both stacks destroyed; with `--keep`, to the last check. */
  readonly totalMs: number;
  /** The most memory that all of the lab held at once. */
  readonly peakMemoryBytes: number;
  /** Each step, and how long it took (milliseconds). */
  readonly steps: Readonly<Record<string, number>>;
}

/** The report of `--json`. */
export interface Report {
  readonly checks: readonly Result[];
  /** With `--upgrade`, what became of the requests while Istio was upgraded. */
  readonly upgrade?: readonly LoadStats[];
  readonly timings: Timings;
  /** What ran, by its name. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Empties the place of the report before a lab begins: one that fails writes none, and must not leave that of a former
 * one for its own.
 *
 * @throws Error where no report can be written
 */
export function clearReport(file: string): void {
  try {
    writeFileSync(file, "");
  } catch (error) {
    throw new Error(`--json ${file}: cannot be written: ${(error as Error).message}`);
  }
}

/** Writes the report of a lab with these settings. */
export function writeReport(
  file: string,
  settings: PreparedLab,
  outcome: Omit<Report, "versions">,
): void {
  const report: Report = { ...outcome, versions: versions(settings) };
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

/** Reads what {@link writeReport} wrote. */
export function readReport(file: string): Report {
  return JSON.parse(readFileSync(file, "utf8")) as Report;
}

/** What ran, by the pins that it was built or fetched from. */
function versions({ projectFolder: project, tools }: PreparedLab): Record<string, string> {
  const tool = (module: string) =>
    getRequiredVersion(readFileSync(join(project, "lab/tools/go.mod"), "utf8"), module);
  return {
    node: process.version,
    pulumi: getRequiredVersion(
      readFileSync(join(project, "lab/engine/go.mod"), "utf8"),
      "github.com/pulumi/pulumi/pkg/v3",
    ),
    ...Object.fromEntries(
      tools.plugins.map(({ name, version, kind }) => [`plugin ${name}`, `${version} (${kind})`]),
    ),
    kubernetes: tool("k8s.io/kubernetes"),
    istio: tool("istio.io/istio"),
    etcd: tool("go.etcd.io/etcd/server/v3"),
    coredns: tool("github.com/coredns/coredns"),
    helm: tool("helm.sh/helm/v4"),
  };
}

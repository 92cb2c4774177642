import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Result } from "../checks/check";
import { requiredVersion } from "./prepare/key";
import type { Timing } from "./process/steps";
import type { Settings } from "./settings";

/** What a lab measured of itself, beside its checks. */
export interface Figures {
  /** Each step, and how long it took. */
  readonly steps: readonly Timing[];
  /** From `npm run lab` to the answer of the request. */
  readonly requestMs: number;
  /** From `npm run lab` to both stacks destroyed. */
  readonly totalMs: number;
  /** The most memory that all of the lab held at once. */
  readonly peakMemoryBytes: number;
}

/** Writes the report of `--json`. */
export function writeReport(
  file: string,
  settings: Settings,
  results: readonly Result[],
  { steps, requestMs, totalMs, peakMemoryBytes }: Figures,
): void {
  const timings = {
    requestMs,
    totalMs,
    peakMemoryBytes,
    steps: Object.fromEntries(steps.map(({ step, ms }) => [step, ms])),
  };
  const report = { checks: results, timings, versions: versions(settings) };
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

/** What ran, by the pins that it was built or fetched from. */
function versions({ project, tools }: Settings): Record<string, string> {
  const tool = (module: string) =>
    requiredVersion(readFileSync(join(project, "lab/tools/go.mod"), "utf8"), module);
  return {
    node: process.version,
    pulumi: requiredVersion(
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

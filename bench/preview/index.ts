import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as auto from "@pulumi/pulumi/automation";
import * as tls from "@pulumi/tls";

import { SITE_NAMES } from "../../lab/network/address-plan";
import { openRunningLab, type RunningLab } from "../in-lab";
import { openLabStacks, readKubeconfig } from "../open-stacks";
import type { Options } from "../options";
import { measureInTurns } from "../repeat";
import type { Result } from "../result";
import { timeSeconds } from "../stopwatch";
import { formatNumber, formatSpread, ratioOf, spreadOf } from "../statistics";

const EMPTY = "empty program";

/** Measures previews that find no changes, in turns with those of a program that only has the same providers. */
export async function run({ repeats }: Options): Promise<Result> {
  const running = await openRunningLab();
  const stacks = await openLabStacks(running);
  const empty = await openEmptyStack(running, stacks.server);
  const variants = [
    { name: EMPTY, stack: empty },
    ...SITE_NAMES.map((name) => ({ name, stack: stacks[name] })),
  ].map(({ name, stack }) => ({ name, measure: () => timeSeconds(() => stack.preview()) }));
  return describePreviews(await measureInTurns("previews", variants, repeats, running.steps));
}

/** A stack on the same engine and plugins, after its `up`. */
async function openEmptyStack(running: RunningLab, { workspace }: auto.Stack): Promise<auto.Stack> {
  const workDir = join(running.folder, "empty-program");
  await mkdir(workDir, { recursive: true });
  const { pulumiHome = "", pulumiCommand, envVars } = workspace;
  const program = () => {
    new k8s.Provider("cluster", { kubeconfig: readKubeconfig(running, "server") });
    new tls.Provider("tls");
    return Promise.resolve();
  };
  const stack = await auto.LocalWorkspace.createOrSelectStack(
    { stackName: "empty", projectName: "bench", program },
    { workDir, pulumiHome, pulumiCommand, envVars },
  );
  await stack.up();
  return stack;
}

/** The table and the plot of previews, in seconds. */
export function describePreviews(samples: ReadonlyMap<string, readonly number[]>): Result {
  const empty = samples.get(EMPTY) ?? [];
  const names = [...samples.keys()];
  return {
    tables: [
      {
        title: "Preview without changes",
        columns: ["", "seconds", "× the empty program"],
        rows: [...samples].map(([name, own]) => [
          name,
          formatSpread(spreadOf(own)),
          formatNumber(ratioOf(own, empty).median),
        ]),
        note: "The empty program has only the providers kubernetes and tls. The plugins are those that the lab uses.",
      },
    ],
    plots: [
      {
        name: "preview",
        title: "Preview without changes",
        kind: "bar",
        unit: "s",
        categories: names,
        series: [
          {
            name: "seconds",
            values: names.map((name) => spreadOf(samples.get(name) ?? []).median),
          },
        ],
      },
    ],
    samples: Object.fromEntries(samples),
  };
}

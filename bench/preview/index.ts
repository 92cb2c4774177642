import * as auto from "@pulumi/pulumi/automation";

import { SITE_NAMES } from "../../lab/network/address-plan";
import { kubeconfigFile } from "../../lab/prepared-lab";
import { previewAsUser, upAsUser } from "../../lab/program/as-user";
import { setSecret } from "../../lab/program/stack";
import { openRunningLab, type RunningLab } from "../in-lab";
import { openLabStacks } from "../open-stacks";
import type { Options } from "../options";
import { measureInTurns } from "../repeat";
import type { Result } from "../result";
import { timeSeconds } from "../stopwatch";
import { formatNumber, formatSpread, ratioOf, spreadOf } from "../statistics";
import { writeEmptyProgram } from "./empty-program";

const EMPTY = "empty program";

/** Measures previews that find no changes, in turns with those of a program that only has the same providers. */
export async function run({ repeats }: Options): Promise<Result> {
  const running = await openRunningLab();
  const { projectFolder } = running.lab;
  const stacks = await openLabStacks(running);
  const empty = await openEmptyStack(running, stacks.server);
  const variants = [
    { name: EMPTY, ...empty },
    ...SITE_NAMES.map((name) => ({ name, stack: stacks[name], folder: projectFolder })),
  ].map(({ name, stack, folder }) => ({
    name,
    measure: () => timeSeconds(() => previewAsUser(stack, folder)),
  }));
  return describePreviews(await measureInTurns("previews", variants, repeats, running.steps));
}

/** A stack of the empty program on the same engine and plugins, after its `up`. */
async function openEmptyStack({ folder, lab }: RunningLab, { workspace }: auto.Stack) {
  const program = writeEmptyProgram(folder, {
    kubeconfig: kubeconfigFile(lab.workFolder, "server"),
    nodeModules: `${lab.projectFolder}/node_modules`,
  });
  const { pulumiHome = "", pulumiCommand, envVars } = workspace;
  const stack = await auto.LocalWorkspace.createOrSelectStack(
    { stackName: "empty", workDir: program },
    { pulumiHome, pulumiCommand, envVars },
  );
  // The program's stacks have a secret in their configuration. The engine derives its key from the passphrase, which takes time.
  await setSecret(stack, "secret", "value");
  await upAsUser(stack, program);
  return { stack, folder: program };
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
        note: "The time of `pulumi preview`, which starts the program. The empty program has only the providers kubernetes and tls, and a secret in its configuration. The plugins are those that the lab uses.",
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

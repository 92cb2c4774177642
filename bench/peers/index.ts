import type { Result as CheckResult } from "../../checks/check";
import { checks } from "../../checks/suites";
import { runChecks } from "../../checks/runner/run";
import { readEnvironment } from "../../lab/scenario/verify";
import { openRunningLab } from "../in-lab";
import { compare, type Comparison } from "../levers/compare";
import { openLabStacks } from "../open-stacks";
import type { Options } from "../options";
import type { Result } from "../result";
import { buildIstioTasks } from "./recipe";
import { replaceObjects } from "./swap";
import { describePeer } from "./tables";

/** Rows about routes and refusals. The others are about the program's certificates, Secrets and metrics. */
const SUITES = /^(path|ingress|egress|mesh)\//;

/** Measures and checks a recipe in the place of the program's objects. */
export async function run({ repeats, seconds }: Options): Promise<Result> {
  const running = await openRunningLab();
  const { steps } = running;
  const environment = await readEnvironment(running.lab, await openLabStacks(running));
  const meshes = { ...running.meshes, ...environment };
  const recipe = buildIstioTasks(meshes);
  const check = (name: string) =>
    steps.run(`checks of ${name}`, async (step) => {
      const results: CheckResult[] = [];
      const wanted = checks.filter(({ slug }) => SUITES.test(slug));
      for await (const result of runChecks(wanted, meshes)) {
        step.reportWait(`check ${results.push(result) + 1} of ${wanted.length}`);
      }
      return results;
    });

  const own = await check("the program");
  let other: readonly CheckResult[] = [];
  const samples: Comparison[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const inspect = async () => {
      if (repeat === 0) other = await check(recipe.name);
    };
    samples.push(await compare(running, replaceObjects(recipe), seconds, inspect));
  }
  return describePeer(recipe, { own, other, samples });
}

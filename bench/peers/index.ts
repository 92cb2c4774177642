import type { Meshes } from "../../checks/meshes";
import type { Result as CheckResult } from "../../checks/check";
import { checks } from "../../checks/suites";
import { runChecks } from "../../checks/runner/run";
import { readEnvironment } from "../../lab/scenario/verify";
import { openRunningLab } from "../in-lab";
import { changeAndSettle } from "../levers/settle";
import { openLabStacks } from "../open-stacks";
import type { Options } from "../options";
import { measureWay, type PathSample } from "../path/measure";
import { findDeployedProxies } from "../path/proxies";
import { deployedWay } from "../path/ways";
import type { Result } from "../result";
import { buildIstioTasks, type Recipe } from "./recipe";
import { swapObjects } from "./swap";
import { describePeer } from "./tables";

const LOAD = { connections: 32 };
/** Rows about routes and refusals. The others are about the program's certificates, Secrets and metrics. */
const SUITES = /^(path|ingress|egress|mesh)\//;

/** The program's path, and right afterwards that of the recipe. */
export interface PeerSample {
  readonly own: PathSample;
  readonly other: PathSample;
}

/** Measures and checks a recipe in the place of the program's objects. */
export async function run({ repeats, seconds }: Options): Promise<Result> {
  const running = await openRunningLab();
  const { steps } = running;
  const environment = await readEnvironment(running.lab, await openLabStacks(running));
  const meshes = { ...running.meshes, ...environment };
  const recipe = buildIstioTasks(meshes);
  const way = await deployedWay(running);
  const pids = await findDeployedProxies(meshes);
  const measure = (duration: number) => measureWay(running, way, "/headers", LOAD, duration);
  const check = (name: string) =>
    steps.run(`checks of ${name}`, async (step) => {
      const results: CheckResult[] = [];
      const wanted = checks.filter(({ slug }) => SUITES.test(slug));
      for await (const result of runChecks(wanted, meshes)) {
        step.reportWait(`check ${results.push(result) + 1} of ${wanted.length}`);
      }
      return results;
    });

  const samples: PeerSample[] = [];
  const own = await check("the program");
  let other: readonly CheckResult[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    await measure(1);
    const before = await measure(seconds);
    const undo: { restore?: () => Promise<void> } = {};
    await changeAndSettle(pids, async () => {
      undo.restore = await swapBoth(meshes, recipe);
    });
    try {
      await measure(1);
      samples.push({ own: before, other: await measure(seconds) });
      if (repeat === 0) other = await check(recipe.name);
    } finally {
      await changeAndSettle(pids, async () => undo.restore?.());
    }
  }
  return describePeer(recipe, { own, other, samples });
}

async function swapBoth({ server, client }: Meshes, recipe: Recipe): Promise<() => Promise<void>> {
  const undoServer = await swapObjects(server.kubectl, recipe.server);
  const undoClient = await swapObjects(client.kubectl, recipe.client);
  return async () => {
    await undoServer();
    await undoClient();
  };
}

import { setMaxListeners } from "node:events";
import { join } from "node:path";

import { failures, renderTable, summary } from "../checks/runner/report";
import {
  bringUp,
  certificates,
  check,
  firstRequest,
  meshes,
  openStacks,
  settled,
  tearDown,
} from "./journey";
import { keep } from "./keep";
import { loadTable } from "./load";
import { writeReport } from "./report";
import { imageTable } from "./cluster/images";
import { startCluster, type Cluster } from "./cluster/start-cluster";
import { SITES, type SiteName } from "./network/addresses";
import { createNetwork } from "./network/create";
import { gib, PeakMemory } from "./process/memory";
import { seconds, Steps } from "./process/steps";
import { readSettings, type Settings } from "./settings";
import { upgrade } from "./upgrade";

const INTERRUPTED = 130;
const GRACE_MS = 500;

/** Starts both clusters side by side. */
async function startClusters(
  { tools, work, run }: Settings,
  steps: Steps,
): Promise<Record<SiteName, Cluster>> {
  const images = imageTable(tools);
  const start = (name: SiteName) =>
    steps.run(`cluster ${name}`, (step) =>
      startCluster({
        site: SITES[name],
        dir: join(work, name),
        bin: tools.bin,
        nodeAgent: tools.nodeAgent,
        images,
        logs: join(run, name),
        waiting: (what) => {
          step.waiting(what);
        },
      }),
    );
  const [server, client] = await Promise.all([start("server"), start("client")]);
  return { server, client };
}

async function lab(settings: Settings, signal: AbortSignal): Promise<boolean> {
  const { startedAt, work } = settings;
  const steps = new Steps({ startedAt });
  const memory = new PeakMemory(work);
  steps.print("Two clusters");
  await steps.run("network", () => createNetwork());
  const clusters = await startClusters(settings, steps);
  const crashed = Promise.race(Object.values(clusters).map((cluster) => cluster.crashed)).then(
    (what) => Promise.reject(new Error(what)),
  );
  return Promise.race([crashed, theJob(settings, clusters, steps, memory, signal)]);
}

/** What the lab is for, on clusters that are up; whether every check passed. */
async function theJob(
  settings: Settings,
  clusters: Record<SiteName, Cluster>,
  steps: Steps,
  memory: PeakMemory,
  signal: AbortSignal,
): Promise<boolean> {
  const { flags, run } = settings;
  steps.print("The program");
  const stacks = await openStacks(settings, clusters, steps, signal);
  await bringUp(stacks);
  const found = await steps.run("meshes", () => meshes(clusters, settings, stacks));
  const answer = await steps.run("request", () => firstRequest(found));
  const requestMs = steps.elapsedMs;

  const upgraded = flags.upgrade ? await upgrade(stacks, found) : undefined;

  steps.print("What must pass, and what must be refused");
  const results = await check(found, stacks.watch);
  const tree = await certificates(found);
  steps.print("What a second run would change");
  await settled(stacks);
  if (upgraded) steps.print(`\nRequests during Istio's upgrade:\n${loadTable(upgraded)}`);
  steps.print(`\n${answer}\n${tree}\n\n${renderTable(results)}`);
  if (!flags.keep) await tearDown(stacks);
  const figures = {
    requestMs,
    totalMs: steps.elapsedMs,
    peakMemoryBytes: memory.bytes,
    steps: Object.fromEntries(
      [...settings.timings, ...steps.timings].map(({ step, ms }) => [step, ms]),
    ),
  };
  if (flags.json !== undefined) {
    writeReport(flags.json, settings, {
      checks: results,
      timings: figures,
      ...(upgraded && { upgrade: upgraded }),
    });
  }
  steps.print(
    `${summary(results)}. The answer came after ${seconds(requestMs)}, everything took ${seconds(figures.totalMs)} ` +
      `and ${gib(memory.bytes)} of memory. Logs: ${run}`,
  );
  if (flags.keep) await keep(found, signal);
  return failures(results).length === 0;
}

/** Aborts when the launcher says so; without a launcher there is nobody to run for. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  // Each operation of the engine adds a listener that it does not take away.
  setMaxListeners(100, controller.signal);
  process.on("message", () => {
    controller.abort(new Error("interrupted"));
    // Whatever is under way goes with the namespaces.
    setTimeout(() => process.exit(INTERRUPTED), GRACE_MS).unref();
  });
  process.on("disconnect", () => {
    process.exit(INTERRUPTED);
  });
  return controller.signal;
}

async function main(): Promise<number> {
  const settings = readSettings(process.argv[2] ?? "");
  const signal = interruption();
  try {
    return (await lab(settings, signal)) ? 0 : 1;
  } catch (error) {
    if (signal.aborted) return INTERRUPTED;
    console.error(`\n${(error as Error).message}\nLogs: ${settings.run}`);
    return 1;
  }
}

void main().then((code) => {
  process.exit(code);
});

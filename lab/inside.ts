import { join } from "node:path";

import { imageTable } from "./cluster/images";
import { startCluster, type Cluster } from "./cluster/start-cluster";
import { SITES, type SiteName } from "./network/addresses";
import { createNetwork } from "./network/create";
import { PeakMemory } from "./process/memory";
import { seconds, Steps } from "./process/steps";
import { readSettings, type Settings } from "./settings";

const INTERRUPTED = 130;

/** Starts both clusters side by side. */
async function startClusters(
  { tools, work, run }: Settings,
  steps: Steps,
  signal: AbortSignal,
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
        signal,
        waiting: (what) => {
          step.waiting(what);
        },
      }),
    );
  const [server, client] = await Promise.all([start("server"), start("client")]);
  return { server, client };
}

async function lab(settings: Settings, signal: AbortSignal): Promise<void> {
  const { startedAt, work } = settings;
  const steps = new Steps({ startedAt });
  const memory = new PeakMemory(work);
  steps.print("Two clusters");
  await steps.run("network", () => createNetwork());
  const clusters = await startClusters(settings, steps, signal);
  for (const cluster of Object.values(clusters)) {
    steps.print(await cluster.kubectl(["get", "nodes,pods,svc", "-A", "-o", "wide"]));
  }
  steps.print(
    `ready after ${seconds(steps.elapsedMs)}, ${(memory.bytes / 2 ** 30).toFixed(2)} GiB`,
  );
}

/** Aborts when the launcher says so; without a launcher there is nobody to run for. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.on("message", () => {
    controller.abort(new Error("interrupted"));
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
    await lab(settings, signal);
    return 0;
  } catch (error) {
    if (signal.aborted) return INTERRUPTED;
    console.error(`\n${(error as Error).message}\nLogs: ${settings.run}`);
    return 1;
  }
}

void main().then((code) => {
  process.exit(code);
});

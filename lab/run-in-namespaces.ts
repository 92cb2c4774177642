import { setMaxListeners } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";

import { type Cluster, startCluster } from "./cluster/start-cluster";
import { SITES, type SiteName } from "./network/address-plan";
import { createNetwork } from "./network/create-network";
import { startMetadataServer } from "./network/metadata-server";
import { type PreparedLab, readPreparedLab } from "./prepared-lab";
import { PeakMemory } from "./process/peak-memory";
import { Steps } from "./process/steps";

type RunScenario = typeof import("./scenario/run-scenario");

const EXIT_INTERRUPTED = 130;
const GRACE_MS = 500;

/** Creates the network and both clusters, then runs the scenario on them; returns whether every check passed. */
async function runLab(lab: PreparedLab, signal: AbortSignal): Promise<boolean> {
  const steps = new Steps({ startedAt: lab.startedAt });
  const memory = new PeakMemory(lab.workFolder);
  steps.print("Starting two clusters");
  await steps.run("create the network", async () => {
    await createNetwork();
    await startMetadataServer();
  });
  const starting = startClusters(lab, steps);
  const crashed = starting.then(async (clusters) => {
    throw new Error(await Promise.race(Object.values(clusters).map((cluster) => cluster.crashed)));
  });
  // Loads Pulumi's SDK, which takes seconds: here, while the API servers start. import() cannot load TypeScript here.
  const load = createRequire(__filename);
  const { runScenario } = load("./scenario/run-scenario") as RunScenario;
  return Promise.race([crashed, runScenario(lab, starting, steps, memory, signal)]);
}

/** Starts both clusters at the same time. */
async function startClusters(
  { tools, workFolder, runFolder }: PreparedLab,
  steps: Steps,
): Promise<Record<SiteName, Cluster>> {
  const start = (name: SiteName) =>
    steps.run(`start the ${name} cluster`, (step) =>
      startCluster({
        site: SITES[name],
        dir: join(workFolder, name),
        bin: tools.bin,
        imageStore: tools.images.store,
        logs: join(runFolder, name),
        reportWait: (what) => {
          step.reportWait(what);
        },
      }),
    );
  const [server, client] = await Promise.all([start("server"), start("client")]);
  return { server, client };
}

/** Aborts when the launcher sends a message. Exits when the launcher is gone. */
function listenToLauncher(): AbortSignal {
  const controller = new AbortController();
  // Each engine operation adds a listener and never removes it.
  setMaxListeners(100, controller.signal);
  process.on("message", () => {
    controller.abort(new Error("interrupted"));
    // The namespaces end with this process, and with them every operation that still runs.
    setTimeout(() => process.exit(EXIT_INTERRUPTED), GRACE_MS).unref();
  });
  process.on("disconnect", () => {
    process.exit(EXIT_INTERRUPTED);
  });
  return controller.signal;
}

async function main(): Promise<number> {
  const lab = readPreparedLab(process.argv[2] ?? "");
  const signal = listenToLauncher();
  try {
    return (await runLab(lab, signal)) ? 0 : 1;
  } catch (error) {
    if (signal.aborted) return EXIT_INTERRUPTED;
    console.error(`\n${(error as Error).message}\nLogs: ${lab.runFolder}`);
    return 1;
  }
}

void main().then((code) => {
  process.exit(code);
});

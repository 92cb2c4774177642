import { setMaxListeners } from "node:events";
import { join } from "node:path";

import { failures, renderTable, summary } from "../checks/runner/report";
import {
  bringUp,
  renderCertificates,
  runAllChecks,
  sendFirstRequest,
  discoverLabMeshes,
  openStacks,
  assertNoChanges,
  destroyStacks,
} from "./scenario/verify";
import { keepRunning } from "./keep-running";
import { renderLoadTable } from "./scenario/request-load";
import { writeReport } from "./report";
import { buildImageTable } from "./cluster/image-table";
import { startCluster, type Cluster } from "./cluster/start-cluster";
import { SITES, type SiteName } from "./network/address-plan";
import { createNetwork } from "./network/create-network";
import { formatGiB, PeakMemory } from "./process/peak-memory";
import { formatDuration, Steps } from "./process/steps";
import { readPreparedLab, type PreparedLab } from "./prepared-lab";
import { upgradeIstio } from "./scenario/upgrade-istio";

const INTERRUPTED = 130;
const GRACE_MS = 500;

/** Starts both clusters side by side. */
async function startClusters(
  { tools, workFolder: work, runFolder: run }: PreparedLab,
  steps: Steps,
): Promise<Record<SiteName, Cluster>> {
  const images = buildImageTable(tools);
  const start = (name: SiteName) =>
    steps.run(`cluster ${name}`, (step) =>
      startCluster({
        site: SITES[name],
        dir: join(work, name),
        bin: tools.bin,
        nodeAgent: tools.nodeAgent,
        images,
        logs: join(run, name),
        reportWait: (what) => {
          step.reportWait(what);
        },
      }),
    );
  const [server, client] = await Promise.all([start("server"), start("client")]);
  return { server, client };
}

async function lab(settings: PreparedLab, signal: AbortSignal): Promise<boolean> {
  const { startedAt, workFolder: work } = settings;
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
  settings: PreparedLab,
  clusters: Record<SiteName, Cluster>,
  steps: Steps,
  memory: PeakMemory,
  signal: AbortSignal,
): Promise<boolean> {
  const { flags, runFolder: run } = settings;
  steps.print("The program");
  const stacks = await openStacks(settings, clusters, steps, signal);
  await bringUp(stacks);
  const found = await steps.run("meshes", () => discoverLabMeshes(clusters, settings, stacks));
  const answer = await steps.run("request", () => sendFirstRequest(found));
  const requestMs = steps.elapsedMs;

  const upgraded = flags.upgrade ? await upgradeIstio(stacks, found) : undefined;

  steps.print("What must pass, and what must be refused");
  const results = await runAllChecks(found, stacks.watch);
  const tree = await renderCertificates(found);
  steps.print("What a second run would change");
  await assertNoChanges(stacks);
  if (upgraded) steps.print(`\nRequests during Istio's upgrade:\n${renderLoadTable(upgraded)}`);
  steps.print(`\n${answer}\n${tree}\n\n${renderTable(results)}`);
  if (!flags.keep) await destroyStacks(stacks);
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
    `${summary(results)}. The answer came after ${formatDuration(requestMs)}, everything took ${formatDuration(figures.totalMs)} ` +
      `and ${formatGiB(memory.bytes)} of memory. Logs: ${run}`,
  );
  if (flags.keep) await keepRunning(found, signal);
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
  const settings = readPreparedLab(process.argv[2] ?? "");
  const signal = interruption();
  try {
    return (await lab(settings, signal)) ? 0 : 1;
  } catch (error) {
    if (signal.aborted) return INTERRUPTED;
    console.error(`\n${(error as Error).message}\nLogs: ${settings.runFolder}`);
    return 1;
  }
}

void main().then((code) => {
  process.exit(code);
});

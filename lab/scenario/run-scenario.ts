import { reportCertificates } from "../../checks/certs/certificates-report";
import { certificateTree, readMeshCertificates } from "../../checks/runner/certificate-tree";
import { failures, renderTable, summary } from "../../checks/runner/report";
import { describePath } from "../../checks/runner/request-path";
import type { Cluster } from "../cluster/start-cluster";
import { keepRunning } from "../keep-running";
import { runInside } from "../run-inside";
import type { SiteName } from "../network/address-plan";
import type { PreparedLab } from "../prepared-lab";
import { formatDuration, formatGiB } from "../process/format";
import type { PeakMemory } from "../process/peak-memory";
import type { Steps } from "../process/steps";
import { writeReport } from "../report";
import { SETUPS } from "./setups";
import { assertNoChanges, bringUp, connectStacks, destroyStacks, openStacks } from "./stacks";
import { STORIES } from "./stories";
import { type StoryResult, tellStory } from "./story";
import { discoverLabMeshes, runAllChecks, sendFirstRequest } from "./verify";

/**
 * What the lab is for, step by step, on the two clusters as soon as they run: deploys both stacks, sends the request,
 * tells the stories of the scenarios, runs the checks, and destroys both stacks.
 *
 * @returns whether every check passed
 */
export async function runScenario(
  lab: PreparedLab,
  starting: Promise<Record<SiteName, Cluster>>,
  steps: Steps,
  memory: PeakMemory,
  signal: AbortSignal,
): Promise<boolean> {
  const { flags, runFolder, timings } = lab;
  const [clusters, stacks] = await Promise.all([starting, openStacks(lab, steps, signal)]);
  await connectStacks(stacks, clusters);
  steps.print("Deploying both stacks");
  for (const scenario of flags.scenarios) await SETUPS[scenario]?.({ lab, clusters, stacks });
  await bringUp(stacks);
  const discover = () =>
    steps.run("find the gateways of both meshes", () => discoverLabMeshes(lab, stacks));
  let meshes = await discover();
  const response = await steps.run("send the first request", () => sendFirstRequest(meshes));
  const requestMs = steps.elapsedMs;
  if (flags.run !== undefined) return runInside(flags.run, lab);

  const stories: StoryResult[] = [];
  for (const scenario of flags.scenarios) {
    const story = STORIES[scenario];
    if (!story) continue;
    stories.push(await tellStory(scenario, story, { clusters, stacks, meshes }));
    if (!story.keepsMeshes) meshes = await discover();
  }

  steps.print("Checking what must pass and what must be refused");
  const results = await runAllChecks(meshes, stacks.context);
  const certificates = await readMeshCertificates(meshes);
  const writes = flags.json !== undefined || flags.report !== undefined;
  steps.print("Checking that a second run changes nothing");
  const [path] = await Promise.all([
    writes ? describePath(meshes) : undefined,
    assertNoChanges(stacks),
  ]);
  steps.print(`\n${response}\n${await certificateTree(certificates)}\n\n${renderTable(results)}`);
  if (!flags.keep) {
    steps.print("Destroying both stacks");
    await destroyStacks(stacks);
  }

  const totalMs = steps.elapsedMs;
  const spans = [...timings, ...steps.timings];
  const peakMemoryBytes = memory.bytes;
  if (path) {
    await writeReport(lab, {
      path,
      certificates: await reportCertificates(certificates, new Date()),
      checks: results,
      timings: {
        requestMs,
        totalMs,
        peakMemoryBytes,
        steps: Object.fromEntries(spans.map(({ step, ms }) => [step, ms])),
        spans,
      },
      stories,
    });
  }
  steps.print(
    `${summary(results)}. First response after ${formatDuration(requestMs)}; total time ${formatDuration(totalMs)}; ` +
      `peak memory ${formatGiB(peakMemoryBytes)}. Logs: ${runFolder}`,
  );
  if (flags.keep) await keepRunning(meshes, signal);
  return failures(results).length === 0;
}

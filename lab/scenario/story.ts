import type { Meshes } from "../../checks/meshes";
import type { Cluster } from "../cluster/start-cluster";
import type { SiteName } from "../network/address-plan";
import type { Timing } from "../process/steps";
import type { LoadSeries } from "./load-series";
import { type LoadStats, renderLoadTable, renderTrialsTable } from "./load-stats";
import { RequestLoad } from "./request-load";
import type { ScenarioName } from "./scenarios";
import type { Stacks } from "./stacks";
import { TestPod } from "./test-pod";

/** What a story works on: a deployment that serves requests. */
export interface Stage {
  readonly clusters: Readonly<Record<SiteName, Cluster>>;
  readonly stacks: Stacks;
  readonly meshes: Meshes;
  /** Sends requests during the whole story, which divides it into phases. */
  readonly load: RequestLoad;
}

/** What happens to a deployment between `up` and the checks. */
export interface Story {
  readonly tell: (stage: Stage) => Promise<void>;
  /** Names, addresses and certificates are the same afterwards. */
  readonly keepsMeshes?: true;
  /** Requests may fail. Phases with the same name are trials of a fault. */
  readonly requestsMayFail?: true;
}

/** The requests during a story. */
export interface StoryResult {
  readonly scenario: ScenarioName;
  readonly load: readonly LoadStats[];
  readonly series: LoadSeries;
  /** The steps of the lab during the story, from its start. */
  readonly steps: readonly Timing[];
}

/**
 * Tells a story while requests keep coming.
 *
 * @throws Error if a request failed, unless they may fail in this story
 */
export async function tellStory(
  scenario: ScenarioName,
  { tell, requestsMayFail }: Story,
  { clusters, stacks, meshes }: Omit<Stage, "load">,
): Promise<StoryResult> {
  const { steps } = stacks.context;
  steps.print(`Telling ${scenario}`);
  const pod = new TestPod(clusters.client.client, meshes.client.namespace);
  const { length: earlierSteps } = steps.timings;
  const startMs = steps.elapsedMs;
  const load = new RequestLoad(pod, `http://${meshes.hosts[0]}/headers`, "before");
  let stats: readonly LoadStats[];
  try {
    await load.untilSteady();
    await tell({ clusters, stacks, meshes, load });
    await load.untilSteady();
  } finally {
    stats = await load.stop();
  }
  const hasTrials = new Set(stats.map(({ phase }) => phase)).size < stats.length;
  const table = hasTrials ? renderTrialsTable(stats) : renderLoadTable(stats);
  steps.print(`\nRequests during ${scenario}:\n${table}\n`);
  if (!requestsMayFail) assertNoFailures(scenario, stats);
  return {
    scenario,
    load: stats,
    series: load.series,
    steps: steps.timings
      .slice(earlierSteps)
      .map((timing) => ({ ...timing, startMs: timing.startMs - startMs })),
  };
}

function assertNoFailures(scenario: ScenarioName, stats: readonly LoadStats[]): void {
  const lines = stats
    .filter(({ failed }) => failed > 0)
    .map(
      ({ phase, failed, requests, failures }) =>
        `  ${phase}: ${failed} of ${requests}: ${failures.join("; ")}`,
    );
  if (lines.length === 0) return;
  throw new Error(
    `No request may fail during ${scenario}. These failed, by phase; the gateways' logs in the log folder show why:\n${lines.join("\n")}`,
  );
}

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { PROMETHEUS_VALUES } from "../../components/observability/prometheus-values";
import { type InstallSettings, MONITORING_CHARTS } from "../../components/observability/settings";
import { ensureCached } from "../prepare/cache";
import { createCacheKey } from "../prepare/cache-key";
import { runCommand } from "../process/run-command";
import type { Step } from "../process/steps";

const IMAGES_FILE = "images.json";

/** The charts of Prometheus, Grafana and Kiali, and what they need. */
export interface MonitoringCharts {
  /** Folder with a folder for each chart. The lab's engine cannot reach the charts' repositories. */
  readonly folder: string;
  /** References of the images of all pods. */
  readonly images: readonly string[];
}

interface PullArgs {
  readonly settings: Pick<
    InstallSettings,
    "prometheusCharts" | "prometheusVersion" | "kialiCharts" | "kialiVersion"
  >;
  /** Folder of the cache. */
  readonly cache: string;
  /** Path of the program. */
  readonly helm: string;
  readonly step: Step;
  readonly signal: AbortSignal;
}

/**
 * Pulls the charts, and renders them to find the images.
 *
 * @throws Error that names the chart if its repository cannot be reached or does not have it
 */
export async function pullMonitoringCharts(args: PullArgs): Promise<MonitoringCharts> {
  const { settings, cache, helm, step, signal } = args;
  const key = createCacheKey([JSON.stringify([settings, PROMETHEUS_VALUES])]);
  const entry = { cache, name: "monitoring-charts", key };
  const folder = await ensureCached(entry, step, async (partial) => {
    const env = { HELM_CACHE_HOME: join(partial, "helm") };
    const run = (...args: string[]) => runCommand(helm, args, { env, signal });
    const values = join(partial, "values.json");
    await writeFile(values, JSON.stringify(PROMETHEUS_VALUES));
    const { prometheus, kiali } = MONITORING_CHARTS;
    const charts = [
      [prometheus, settings.prometheusCharts, settings.prometheusVersion, "--values", values],
      [kiali, settings.kialiCharts, settings.kialiVersion],
    ] as const;
    const images = new Set<string>();
    await mkdir(join(partial, "charts"));
    for (const [chart, source, version, ...valueFlags] of charts) {
      step.reportWait(`${source} for the chart ${chart}`);
      const place = source.startsWith("oci://")
        ? [`${source}/${chart}`]
        : [chart, "--repo", source];
      const target = join(partial, "charts");
      await run("pull", ...place, "--version", version, "--untar", "--untardir", target);
      const manifests = await run("template", chart, join(target, chart), ...valueFlags);
      for (const image of listImages(manifests)) images.add(image);
    }
    await writeFile(join(partial, IMAGES_FILE), JSON.stringify([...images], null, 2));
  });
  return {
    folder: join(folder, "charts"),
    images: JSON.parse(await readFile(join(folder, IMAGES_FILE), "utf8")) as string[],
  };
}

/** Lists the images in manifests: in the field `image`, and in the flag that gives Prometheus' operator one. */
export function listImages(manifests: string): string[] {
  const places = /^[\s-]*image:[ ]+"?([^"\s]+)|--prometheus-config-reloader=([^"\s]+)/gm;
  return [...manifests.matchAll(places)].map(([, field = "", flag = field]) => flag);
}

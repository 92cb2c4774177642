import { chmod, copyFile, cp } from "node:fs/promises";
import { join } from "node:path";

import type { Step } from "../process/steps";
import { ensureCached } from "./cache";
import { createCacheKey } from "./cache-key";
import { downloadModule, makeWritable, readRequiredVersion } from "./go-mod";

const ISTIO = "istio.io/istio";

/** Istio's charts by their published names, and their folders in its Go module. */
const CHARTS = { base: "base", istiod: "istio-control/istio-discovery", gateway: "gateway" };

interface IstioFiles {
  /** Folder with a folder for each chart. */
  readonly charts: string;
  /** Path of the template of Envoy's bootstrap configuration. */
  readonly envoyBootstrap: string;
}

/** Copies the files of an Istio release that are not programs from its Go module. */
export async function copyIstioFiles(
  cache: string,
  toolsModule: string,
  step: Step,
): Promise<IstioFiles> {
  const version = readRequiredVersion(toolsModule, ISTIO);
  const key = createCacheKey([version, JSON.stringify(CHARTS)]);
  const folder = await ensureCached({ cache, name: "istio", key }, step, async (partial) => {
    step.reportWait("Go to download Istio's module");
    const module = await downloadModule(toolsModule, ISTIO);
    for (const [chart, place] of Object.entries(CHARTS)) {
      const copy = join(partial, "charts", chart);
      await cp(join(module, "manifests/charts", place), copy, { recursive: true });
      await makeWritable(copy);
    }
    const template = join(partial, "envoy_bootstrap.json");
    await copyFile(join(module, "tools/packaging/common/envoy_bootstrap.json"), template);
    await chmod(template, 0o644);
  });
  return {
    charts: join(folder, "charts"),
    envoyBootstrap: join(folder, "envoy_bootstrap.json"),
  };
}

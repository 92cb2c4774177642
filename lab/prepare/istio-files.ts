import { chmod, copyFile, cp, readdir } from "node:fs/promises";
import { join } from "node:path";

import { runCommand } from "../process/run-command";
import type { Step } from "../process/steps";
import { ensureCached } from "./cache";
import { readGoMod } from "./build-go-module";
import { createCacheKey, getRequiredVersion } from "./cache-key";

const ISTIO = "istio.io/istio";

/** Names that Istio publishes its charts under, and where its module has them. */
const CHARTS = { base: "base", istiod: "istio-control/istio-discovery", gateway: "gateway" };

export interface IstioFiles {
  /** Folder with one folder per chart. */
  readonly charts: string;
  /** Template of Envoy's bootstrap configuration. */
  readonly envoyBootstrap: string;
}

/** Copies what Istio's releases hold beside programs out of its Go module. */
export async function copyIstioFiles(
  cache: string,
  toolsModule: string,
  step: Step,
): Promise<IstioFiles> {
  const version = getRequiredVersion(readGoMod(toolsModule), ISTIO);
  const key = createCacheKey([version, JSON.stringify(CHARTS)]);
  const folder = await ensureCached({ cache, name: "istio", key }, step, async (partial) => {
    step.reportWait("its Go module");
    await runCommand("go", ["mod", "download", ISTIO], { cwd: toolsModule, env: { GOFLAGS: "" } });
    const list = ["list", "-m", "-f", "{{.Dir}}", ISTIO];
    const module = (await runCommand("go", list, { cwd: toolsModule, env: { GOFLAGS: "" } })).trim();
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

/** Go's module cache is read-only, and a read-only folder could not be removed again. */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeWritable(path);
    else await chmod(path, 0o644);
  }
}

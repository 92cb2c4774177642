import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createPulumiHome, type Plugin } from "../../../lab/prepare/pulumi-plugins";
import { prepareLabTools } from "./lab-tools";

/** A folder with a home of the engine's that has the plugins under test. */
export interface EngineHome {
  readonly folder: string;
  readonly pulumi: string;
  /** Folder with `bin/pulumi`. */
  readonly engine: string;
  readonly helm: string;
  /** Folder for the discovery caches of kubectl and Helm: not the user's own. */
  readonly kubeCache: string;
  /** Folder of the Kubernetes tools. */
  readonly bin: string;
  /** Folder of Istio's charts. */
  readonly charts: string;
  readonly plugins: readonly Plugin[];
  /** Whether the plugins are ours: some tests are about what only they do, or do not do. */
  readonly standIns: boolean;
  remove(): Promise<void>;
}

export async function createEngineHome(): Promise<EngineHome> {
  const { bin, engine, charts, plugins } = await prepareLabTools();
  const folder = await mkdtemp(join(tmpdir(), "contract-"));
  const pulumi = join(folder, "home");
  await createPulumiHome(pulumi, plugins);
  console.info(plugins.map((p) => `${p.name} ${p.version}: ${p.kind}`).join(", "));
  return {
    folder,
    pulumi,
    engine,
    bin,
    charts,
    plugins,
    helm: join(bin, "helm"),
    kubeCache: join(folder, "kube-cache"),
    standIns: plugins.every(({ kind }) => kind === "stand-in"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

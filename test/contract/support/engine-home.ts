import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createPulumiHome } from "../../../lab/prepare/pulumi-plugins";
import { prepareLabTools } from "./lab-tools";

/** A temporary folder with a home for the engine, which has the plugins under test. */
export interface EngineHome {
  readonly folder: string;
  /** Value of PULUMI_HOME. */
  readonly pulumiHome: string;
  /** Folder with `bin/pulumi`. */
  readonly engine: string;
  /** Folder for the discovery caches of kubectl and Helm, instead of the user's. */
  readonly kubeCache: string;
  /** Folder of the Kubernetes programs. */
  readonly bin: string;
  /** Folder of Istio's charts. */
  readonly charts: string;
  /** Whether the plugins under test are the official releases, and not those that the lab builds. */
  readonly usesReleases: boolean;
  remove(): Promise<void>;
}

export async function createEngineHome(): Promise<EngineHome> {
  const { bin, engine, charts, plugins } = await prepareLabTools();
  const folder = await mkdtemp(join(tmpdir(), "contract-"));
  const pulumiHome = join(folder, "home");
  await createPulumiHome(pulumiHome, plugins);
  console.info(plugins.map((p) => `${p.name} ${p.version}: ${p.origin}`).join(", "));
  return {
    folder,
    pulumiHome,
    engine,
    bin,
    charts,
    kubeCache: join(folder, "kube-cache"),
    usesReleases: plugins.every(({ origin }) => origin === "official release"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

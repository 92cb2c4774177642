import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { pushImages } from "../../lab/images/push-images";
import { listRecipes } from "../../lab/images/recipes";
import { startRegistry } from "../../lab/images/registry";
import { fetchEnvoy } from "../../lab/prepare/envoy";
import { copyIstioFiles } from "../../lab/prepare/istio-files";
import { getCacheFolder } from "../../lab/prepare/user-folders";
import { prepareLabTools } from "../contract/support/lab-tools";

const PROJECT = join(__dirname, "../..");

/** A registry on this machine with the lab's own images under the names of the published ones. */
export interface ImageRegistry {
  readonly address: string;
  /** The digest of each image, by its reference. */
  readonly digests: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startImageRegistry(): Promise<ImageRegistry> {
  const { signal } = new AbortController();
  const step = { reportWait: () => undefined };
  const cache = getCacheFolder();
  const { bin } = await prepareLabTools();
  const envoy = await fetchEnvoy(cache, step, signal);
  const { envoyBootstrap } = await copyIstioFiles(cache, join(PROJECT, "lab/tools"), step);
  const crane = join(bin, "crane");

  const folder = mkdtempSync(join(tmpdir(), "istio-mtls-images-"));
  const registry = await startRegistry({ crane, folder });
  const { address } = registry;
  const recipes = listRecipes({ bin, envoy, envoyBootstrap });
  const digests = await pushImages(recipes, { crane, registry: address, folder, step, signal });
  return {
    address,
    digests,
    stop: async () => {
      await registry.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

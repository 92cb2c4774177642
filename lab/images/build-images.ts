import { statSync } from "node:fs";
import { join } from "node:path";

import { ensureCached } from "../prepare/cache";
import { createCacheKey } from "../prepare/cache-key";
import type { Step } from "../process/steps";
import { listHostFiles } from "./host-commands";
import { type ImageRecipe, type ImageSources, listRecipes } from "./recipes";
import { type PreparedImages, pullImages, readImages } from "./pull-images";
import { pushImages } from "./push-images";
import { startRegistry } from "./registry";

interface BuildArgs extends ImageSources {
  /** Folder of the cache. */
  readonly cache: string;
  readonly step: Step;
  readonly signal: AbortSignal;
}

/** Builds the images of all pods, pushes them to a registry on this machine, and pulls them from there. */
export async function buildImages(args: BuildArgs): Promise<PreparedImages> {
  const { cache, step, signal, ...sources } = args;
  const { bin } = sources;
  const recipes = listRecipes(sources);
  const key = createCacheKey([JSON.stringify(recipes), ...(await describeHostFiles(recipes))]);
  const store = await ensureCached({ cache, name: "images", key }, step, async (root) => {
    const crane = join(bin, "crane");
    const registry = await startRegistry({ crane, folder: root });
    try {
      const mirror = registry.address;
      const digests = await pushImages(recipes, {
        crane,
        registry: mirror,
        folder: root,
        step,
        signal,
      });
      await pullImages(digests, { bin, root, mirror, step, signal });
    } finally {
      await registry.stop();
    }
  });
  return readImages(store);
}

/** This machine's commands and libraries are part of the images, as they are now. */
async function describeHostFiles(recipes: readonly ImageRecipe[]): Promise<string[]> {
  // Images share most commands, so each is looked up once.
  const commands = new Set(recipes.flatMap((recipe) => recipe.commands ?? []));
  const programs = new Set(recipes.flatMap((recipe) => Object.values(recipe.files ?? {})));
  const files = await listHostFiles([...commands], [...programs]);
  return files.map((file) => `${file} ${statSync(file).mtimeMs}`);
}

import { join } from "node:path";

import { ensureCached } from "../prepare/cache";
import { createCacheKey } from "../prepare/cache-key";
import { runCommand } from "../process/run-command";
import type { Step } from "../process/steps";
import { type PreparedImages, pullImages, readImages } from "./pull-images";
import { IMAGES } from "./references";
import { replaceRegistry } from "./registry";

interface OfficialImagesArgs {
  /** Folder of the cache. */
  readonly cache: string;
  /** Folder of containerd, ctr and crane. */
  readonly bin: string;
  /** References of images that the lab itself does not need. */
  readonly further: readonly string[];
  /** Address and port of a registry to pull from. @default each image's own registry */
  readonly mirror?: string;
  readonly step: Step;
  readonly signal: AbortSignal;
}

/** Reads LAB_IMAGE_REGISTRY: the address and port of a registry that has copies of all images, and is reached by HTTP. */
export function readMirror(env: NodeJS.ProcessEnv): { mirror?: string } {
  const mirror = env["LAB_IMAGE_REGISTRY"] ?? "";
  return mirror === "" ? {} : { mirror };
}

/**
 * Pulls the images that the projects publish. The first pull looks up the digest of each tag, and later runs use the same
 * images, even if somebody has moved a tag.
 *
 * @throws Error that names the image if its registry cannot be reached or does not have it
 */
export async function pullOfficialImages(args: OfficialImagesArgs): Promise<PreparedImages> {
  const { cache, bin, further, mirror, step, signal } = args;
  const references = [...Object.values(IMAGES), ...further];
  const key = createCacheKey([...references, mirror ?? "", process.arch]);
  const entry = { cache, name: "official-images", key };
  const store = await ensureCached(entry, step, async (root) => {
    const digests: Record<string, string> = {};
    for (const reference of references) {
      step.reportWait(`the digest of ${reference}`);
      const place = mirror === undefined ? reference : replaceRegistry(reference, mirror);
      const digest = await runCommand(join(bin, "crane"), ["digest", place], { signal });
      digests[reference] = digest.trim();
    }
    await pullImages(digests, { bin, root, step, signal, ...(mirror !== undefined && { mirror }) });
  });
  return readImages(store);
}

import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

import { withLock } from "../process/lock";
import type { Step } from "../process/steps";

const UNUSED_DAYS = 30;

export interface CacheEntry {
  readonly cache: string;
  /** What it is, such as a module's name; entries of one name are versions of each other. */
  readonly name: string;
  readonly key: string;
}

/**
 * Gives a folder of the cache, made by `make` when it is not there. A folder is there completely or not at all, and
 * two processes do not make it twice.
 */
export async function cached(
  entry: CacheEntry,
  step: Step,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const { cache, name, key } = entry;
  const folder = join(cache, `${name}-${key}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const waiting = () => {
      step.waiting(`another lab that prepares ${name}`);
    };
    await withLock(join(cache, `${name}.lock`), waiting, async () => {
      if (existsSync(folder)) return;
      await removeStale(entry);
      const partial = `${folder}.partial`;
      await mkdir(partial);
      try {
        await make(partial);
        await rename(partial, folder);
      } catch (error) {
        await rm(partial, { recursive: true, force: true });
        throw error;
      }
    });
  }
  const now = new Date();
  await utimes(folder, now, now);
  return folder;
}

/** Removes what a killed process left, and versions that nobody has used for long. The lock must be held. */
async function removeStale({ cache, name }: CacheEntry): Promise<void> {
  const own = new RegExp(`^${name}-[0-9a-f]+(\\.partial)?$`);
  const entries = (await readdir(cache)).filter((file) => own.test(file));
  for (const file of entries) {
    const path = join(cache, file);
    const unused = Date.now() - (await stat(path)).mtimeMs > UNUSED_DAYS * 86_400_000;
    if (unused || file.endsWith(".partial")) await rm(path, { recursive: true, force: true });
  }
}

import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

import { withLock } from "../process/lock";
import type { Step } from "../process/steps";

const KEPT_VERSIONS = 3;
const DAY_MS = 86_400_000;

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
export async function ensureCached(
  entry: CacheEntry,
  step: Step,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const { cache, name, key } = entry;
  const folder = join(cache, `${name}-${key}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const waiting = () => {
      step.reportWait(`another lab that prepares ${name}`);
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

/**
 * Removes what a killed process left, and old versions: all but the newest few, and none that a lab may still be
 * running. The lock must be held.
 */
async function removeStale({ cache, name }: CacheEntry): Promise<void> {
  const own = new RegExp(`^${name}-[0-9a-f]+(\\.partial)?$`);
  const entries = await Promise.all(
    (await readdir(cache))
      .filter((file) => own.test(file))
      .map(async (file) => ({ file, used: (await stat(join(cache, file))).mtimeMs })),
  );
  const isPartial = ({ file }: { file: string }) => file.endsWith(".partial");
  const old = entries
    .filter((entry) => !isPartial(entry))
    .sort((a, b) => b.used - a.used)
    .slice(KEPT_VERSIONS)
    .filter(({ used }) => Date.now() - used > DAY_MS);
  for (const { file } of [...entries.filter(isPartial), ...old]) {
    await rm(join(cache, file), { recursive: true, force: true });
  }
}

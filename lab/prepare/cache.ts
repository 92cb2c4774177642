import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

import { withLock } from "../process/lock";
import type { Step } from "../process/steps";

const KEPT_VERSIONS = 3;
const DAY_MS = 86_400_000;

interface CacheEntry {
  /** Folder of the cache. */
  readonly cache: string;
  /** Name of the content, such as a module; entries with the same name are versions of it. */
  readonly name: string;
  readonly key: string;
}

/**
 * Returns a folder of the cache. If it does not exist, `make` fills it. The cache never contains a half-filled folder,
 * and two processes never fill the same one.
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
    const onWait = () => {
      step.reportWait(`another lab that prepares ${name}`);
    };
    await withLock(join(cache, `${name}.lock`), onWait, async () => {
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
 * Removes half-filled folders of killed processes, and old versions: keeps the newest few, and those that a running lab
 * may use. The caller must hold the lock.
 */
async function removeStale({ cache, name }: CacheEntry): Promise<void> {
  const versions = new RegExp(`^${name}-[0-9a-f]+(\\.partial)?$`);
  const entries = await Promise.all(
    (await readdir(cache))
      .filter((file) => versions.test(file))
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

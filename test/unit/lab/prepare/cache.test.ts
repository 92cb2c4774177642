import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { ensureCached } from "../../../../lab/prepare/cache";
import { createCacheKey } from "../../../../lab/prepare/cache-key";
import { useTempFolder } from "../../../support/temp-folder";

const folder = useTempFolder();

describe("the cache", () => {
  const step = { reportWait: () => undefined };
  const entry = () => ({ cache: folder(), name: "tool", key: createCacheKey(["1"]) });
  const listEntries = async () =>
    (await readdir(folder())).filter((name) => !name.endsWith(".lock"));

  test("fills a folder once, even if two callers ask at the same time", async () => {
    let times = 0;
    const make = async (partial: string) => {
      times++;
      await writeFile(join(partial, "program"), "");
    };
    const [first, second] = await Promise.all([
      ensureCached(entry(), step, make),
      ensureCached(entry(), step, make),
    ]);

    expect(first).toBe(second);
    expect(times).toBe(1);
    expect(await readdir(first)).toEqual(["program"]);
  });

  test("keeps nothing of a failed build", async () => {
    const failing = ensureCached(entry(), step, async (partial) => {
      await writeFile(join(partial, "half"), "");
      throw new Error("no space left on device");
    });

    await expect(failing).rejects.toThrow("no space left");
    expect(await listEntries()).toEqual([]);
  });

  /** Creates folders that were last used this many hours ago. */
  async function createVersions(ages: Record<string, number>) {
    for (const [name, hours] of Object.entries(ages)) {
      const used = new Date(Date.now() - hours * 3_600_000);
      await mkdir(join(folder(), name));
      await utimes(join(folder(), name), used, used);
    }
  }

  test("removes the rest of a killed build, and old versions that nobody uses", async () => {
    await createVersions({ "tool-a": 0, "tool-b": 48, "tool-c": 96, "tool-d": 144, "tool-e": 192 });
    await mkdir(join(folder(), "tool-f.partial"));
    await mkdir(join(folder(), "toolbox-f"));

    const current = await ensureCached(entry(), step, () => Promise.resolve());

    expect((await listEntries()).sort()).toEqual(
      ["tool-a", "tool-b", "tool-c", "toolbox-f", current.slice(folder().length + 1)].sort(),
    );
  });

  test("keeps versions that a running lab may use", async () => {
    await createVersions({ "tool-a": 1, "tool-b": 2, "tool-c": 3, "tool-d": 4, "tool-e": 5 });

    await ensureCached(entry(), step, () => Promise.resolve());

    expect(await listEntries()).toHaveLength(6);
  });
});

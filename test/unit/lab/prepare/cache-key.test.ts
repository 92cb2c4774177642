import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { createCacheKey, readSources } from "../../../../lab/prepare/cache-key";
import { useTempFolder } from "../../../support/temp-folder";

const folder = useTempFolder();

describe("the cache key", () => {
  test("depends on each part and on where it ends", () => {
    const parts = [["ab", "c"], ["a", "bc"], ["abc"], ["ab", "c", ""], ["ab", "d"]];
    const keys = parts.map(createCacheKey);

    expect(new Set(keys).size).toBe(keys.length);
  });

  test("changes with sources and their names, not with tests or the location of the folder", async () => {
    const createKey = async (name: string, files: Record<string, string>) => {
      const module = join(folder(), name);
      await mkdir(join(module, "internal"), { recursive: true });
      for (const [file, text] of Object.entries(files)) await writeFile(join(module, file), text);
      return createCacheKey(readSources(module));
    };
    const key = await createKey("a", { "main.go": "package main" });

    expect(await createKey("b", { "main.go": "package main", "main_test.go": "x" })).toBe(key);
    expect(await createKey("c", { "main.go": "package main // changed" })).not.toBe(key);
    expect(await createKey("d", { "other.go": "package main" })).not.toBe(key);
    expect(await createKey("e", { "internal/main.go": "package main" })).not.toBe(key);
  });
});

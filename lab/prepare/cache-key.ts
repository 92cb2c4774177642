import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A short name for content: equal parts give an equal key, on any machine and in any clone. */
export function createCacheKey(parts: readonly string[]): string {
  const hash = createHash("sha256");
  // With its length, a part cannot pass for two.
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest("hex").slice(0, 16);
}

/** Names and contents of what a Go module is built from: all its files but tests. */
export function readSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith("_test.go"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((file) => [file.slice(folder.length), readFileSync(file, "utf8")]);
}

/** The version of a module in a go.mod file. */
export function getRequiredVersion(goMod: string, module: string): string {
  const version = goMod
    .split("\n")
    .map((line) => line.trim().replace(/^require /, ""))
    .find((line) => line.startsWith(`${module} v`))
    ?.split(" ")[1];
  if (version === undefined) throw new Error(`go.mod does not require ${module}`);
  return version;
}

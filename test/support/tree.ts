import { readdirSync } from "node:fs";
import { join } from "node:path";

const OUTSIDE = new Set(["node_modules", ".git", "coverage"]);

/** Lists all files under `folder` whose names end in one of `endings`, except installed and generated ones. */
export function filesIn(folder: string, ...endings: readonly string[]): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return OUTSIDE.has(entry.name) ? [] : filesIn(path, ...endings);
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}

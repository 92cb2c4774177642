import { readdirSync } from "node:fs";
import { join } from "node:path";

const OUTSIDE = new Set(["node_modules", ".git", "coverage"]);

/** All files of the project under `folder` that end in one of `endings`, without what is installed or built. */
export function filesIn(folder: string, ...endings: readonly string[]): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return OUTSIDE.has(entry.name) ? [] : filesIn(path, ...endings);
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}

import { copyFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { downloadModule, makeWritable } from "./go-mod";

/** A required Go module without some of its files. What only these files import is then not compiled. */
export interface ModulePart {
  readonly module: string;
  /** Files that are left out, by their paths in the module. */
  readonly removed: readonly string[];
  /** Folder with the files that take their places, by the same paths. */
  readonly added: string;
}

/**
 * Copies the part of the module into `target`; returns the flags with which Go uses the copy in the module of `folder`.
 * Go's flag `-overlay` cannot do this, because it refuses files of its module cache.
 */
export async function copyModulePart(
  folder: string,
  { module, removed, added }: ModulePart,
  target: string,
): Promise<string[]> {
  const copy = join(target, "module");
  await cp(await downloadModule(folder, module), copy, { recursive: true });
  await makeWritable(copy);
  for (const file of removed) await rm(join(copy, file));
  await cp(added, copy, { recursive: true });

  const goMod = await readFile(join(folder, "go.mod"), "utf8");
  await writeFile(join(target, "go.mod"), `${goMod}\nreplace ${module} => ${copy}\n`);
  await copyFile(join(folder, "go.sum"), join(target, "go.sum"));
  return [`-modfile=${join(target, "go.mod")}`];
}

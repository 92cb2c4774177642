import { readFileSync } from "node:fs";
import { chmod, readdir } from "node:fs/promises";
import { join } from "node:path";

import { runCommand } from "../process/run-command";

/** Reads the version of a Go module that the go.mod of `moduleFolder` requires. */
export function readRequiredVersion(moduleFolder: string, module: string): string {
  return parseRequiredVersion(readFileSync(join(moduleFolder, "go.mod"), "utf8"), module);
}

/** @throws Error if go.mod does not require the module */
export function parseRequiredVersion(goMod: string, module: string): string {
  const version = goMod
    .split("\n")
    .map((line) => line.trim().replace(/^require /, ""))
    .find((line) => line.startsWith(`${module} v`))
    ?.split(" ")[1];
  if (version === undefined) throw new Error(`go.mod must require ${module}: run go get ${module}`);
  return version;
}

/** Downloads a module that the go.mod of `moduleFolder` requires, and returns the folder of its files, which are read-only. */
export async function downloadModule(moduleFolder: string, module: string): Promise<string> {
  const env = { GOFLAGS: "", GOWORK: "off" };
  const download = ["mod", "download", "-json", module];
  const result = await runCommand("go", download, { cwd: moduleFolder, env });
  return (JSON.parse(result) as { Dir: string }).Dir;
}

/** Makes a copy from Go's module cache, which is read-only, writable: otherwise the copy could not be changed or removed. */
export async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeWritable(path);
    else await chmod(path, 0o644);
  }
}

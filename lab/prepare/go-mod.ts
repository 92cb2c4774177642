import { readFileSync } from "node:fs";
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

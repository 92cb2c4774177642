import { existsSync, readFileSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

import { toolsFolder } from "./tools";

export type Kind = "official" | "stand-in";

export interface Plugin {
  readonly name: string;
  readonly version: string;
  readonly kind: Kind;
  readonly path: string;
}

const NAMES = ["tls", "random", "kubernetes"] as const;

/** The plugins under test: an official one where the machine has it, else the stand-in. */
export function findPlugins(): Plugin[] {
  return NAMES.map((name) => {
    const version = sdkVersion(name);
    const command = `pulumi-resource-${name}`;
    const home = process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
    const official = [
      join(home, "plugins", `resource-${name}-v${version}`, command),
      ...(process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, command)),
    ].find((path) => existsSync(path));
    return official === undefined
      ? { name, version, kind: "stand-in", path: join(toolsFolder(), command) }
      : { name, version, kind: "official", path: official };
  });
}

/**
 * Puts the plugins where the engine looks for installed ones: it takes them without a warning and tries no
 * download.
 */
export async function installPlugins(home: string, plugins: readonly Plugin[]): Promise<void> {
  for (const { name, version, path } of plugins) {
    const folder = join(home, "plugins", `resource-${name}-v${version}`);
    await mkdir(folder, { recursive: true });
    await symlink(path, join(folder, `pulumi-resource-${name}`));
    await writeFile(`${folder}.lock`, "");
  }
}

function sdkVersion(name: string): string {
  const file = require.resolve(`@pulumi/${name}/package.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

import { existsSync } from "node:fs";
import { mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { runCommand } from "../process/run-command";
import type { Step } from "../process/steps";
import { withLock } from "../process/lock";
import { getPulumiHome } from "./user-folders";

/** Provider plugins that the program needs. The version of each is that of its npm package. */
const PLUGIN_NAMES = ["kubernetes", "random", "tls"] as const;
const INSTALL_TIMEOUT_MS = 20_000;
const RETRY_AFTER_MS = 86_400_000;

/** A provider plugin, and where its program is. */
export interface Plugin {
  readonly name: string;
  readonly version: string;
  readonly kind: "official" | "stand-in";
  readonly path: string;
}

/**
 * Finds or downloads the official plugins. If one is missing and cannot be downloaded, returns the stand-ins of
 * lab/engine for all: the result of a lab must not depend on which download succeeded.
 */
export async function preparePlugins(
  projectFolder: string,
  cache: string,
  engine: string,
  step: Step,
): Promise<Plugin[]> {
  const versions = await readPinnedVersions(projectFolder);
  const officialIn = (home: string) =>
    versions.map(({ name, version }): Plugin => {
      const path = join(home, "plugins", pluginFolder(name, version), pluginProgram(name));
      return { name, version, kind: "official", path };
    });
  const areInstalled = (plugins: readonly Plugin[]) =>
    plugins.every(({ path }) => existsSync(path) && !existsSync(`${join(path, "..")}.partial`));

  const ofUser = officialIn(getPulumiHome());
  if (areInstalled(ofUser)) return ofUser;
  const home = join(cache, "pulumi");
  const ofLab = officialIn(home);
  if (!areInstalled(ofLab)) {
    await mkdir(home, { recursive: true });
    const onWait = () => {
      step.reportWait("another lab that installs plugins");
    };
    await withLock(join(cache, "pulumi.lock"), onWait, async () => {
      if (!areInstalled(ofLab))
        await installOfficial(join(engine, "bin/pulumi"), home, versions, step);
    });
  }
  if (areInstalled(ofLab)) return ofLab;
  return versions.map(({ name, version }) => {
    return { name, version, kind: "stand-in", path: join(engine, "bin", pluginProgram(name)) };
  });
}

/** Downloads the plugins with the engine. After a failure, waits a day, because an unreachable site costs the whole timeout. */
async function installOfficial(
  pulumi: string,
  home: string,
  versions: readonly { name: string; version: string }[],
  step: Step,
): Promise<void> {
  const failed = join(home, "download-failed");
  const age = await stat(failed).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => Infinity,
  );
  if (age < RETRY_AFTER_MS) return;
  const env = { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const end = Date.now() + INSTALL_TIMEOUT_MS;
  try {
    for (const { name, version } of versions) {
      step.reportWait(`the download of the official plugin ${name} ${version}`);
      const args = ["plugin", "install", "resource", name, version];
      await runCommand(pulumi, args, { env, timeoutMs: Math.max(end - Date.now(), 1) });
    }
  } catch (error) {
    await writeFile(failed, `${(error as Error).message}\n`);
  }
}

async function readPinnedVersions(
  projectFolder: string,
): Promise<{ name: string; version: string }[]> {
  const lock = JSON.parse(await readFile(join(projectFolder, "package-lock.json"), "utf8")) as {
    packages: Record<string, { version: string } | undefined>;
  };
  return PLUGIN_NAMES.map((name) => {
    const version = lock.packages[`node_modules/@pulumi/${name}`]?.version;
    if (version === undefined)
      throw new Error(
        `package-lock.json must have @pulumi/${name}: run npm install --save-exact @pulumi/${name}`,
      );
    return { name, version };
  });
}

/**
 * Creates a folder for PULUMI_HOME in which the engine finds the plugins. The plugin folders must be real folders,
 * because the engine ignores symbolic links to folders, and warns about plugins on the PATH.
 */
export async function createPulumiHome(home: string, plugins: readonly Plugin[]): Promise<void> {
  for (const { name, version, path } of plugins) {
    const folder = join(home, "plugins", pluginFolder(name, version));
    await mkdir(folder, { recursive: true });
    await symlink(path, join(folder, pluginProgram(name)));
  }
}

const pluginFolder = (name: string, version: string) => `resource-${name}-v${version}`;
const pluginProgram = (name: string) => `pulumi-resource-${name}`;

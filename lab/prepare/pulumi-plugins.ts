import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, stat, symlink, writeFile } from "node:fs/promises";
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
  /** The version that the program's SDK asks for. */
  readonly version: string;
  /** Where the program comes from. */
  readonly origin: string;
  readonly path: string;
}

/**
 * Finds the official releases in the user's or the lab's own folder, or downloads them. Returns undefined if one is missing,
 * because the result of a lab must not depend on which download succeeded, or if LAB_BUILD_PLUGINS is set.
 */
export async function findReleases(
  projectFolder: string,
  cache: string,
  engine: string,
  step: Step,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Plugin[] | undefined> {
  if ((env["LAB_BUILD_PLUGINS"] ?? "") !== "") return undefined;
  const versions = readPinnedVersions(projectFolder);
  const releasesIn = (home: string) =>
    versions.map(({ name, version }): Plugin => {
      const path = join(home, "plugins", pluginFolder(name, version), pluginProgram(name));
      return { name, version, origin: "official release", path };
    });
  const areInstalled = (plugins: readonly Plugin[]) =>
    plugins.every(({ path }) => existsSync(path) && !existsSync(`${join(path, "..")}.partial`));

  const ofUser = releasesIn(getPulumiHome(env));
  if (areInstalled(ofUser)) return ofUser;
  const home = join(cache, "pulumi");
  const ofLab = releasesIn(home);
  if (!areInstalled(ofLab)) {
    await mkdir(home, { recursive: true });
    const onWait = () => {
      step.reportWait("another lab that installs plugins");
    };
    await withLock(join(cache, "pulumi.lock"), onWait, async () => {
      if (!areInstalled(ofLab))
        await installReleases(join(engine, "bin/pulumi"), home, versions, step);
    });
  }
  return areInstalled(ofLab) ? ofLab : undefined;
}

/** Downloads the plugins with the engine. After a failure, waits a day, because an unreachable site costs the whole timeout. */
async function installReleases(
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

export function readPinnedVersions(projectFolder: string): { name: string; version: string }[] {
  return PLUGIN_NAMES.map((name) => ({ name, version: readPinnedVersion(projectFolder, name) }));
}

export function readPinnedVersion(
  projectFolder: string,
  name: (typeof PLUGIN_NAMES)[number],
): string {
  const lock = JSON.parse(readFileSync(join(projectFolder, "package-lock.json"), "utf8")) as {
    packages: Record<string, { version: string } | undefined>;
  };
  const version = lock.packages[`node_modules/@pulumi/${name}`]?.version;
  if (version === undefined)
    throw new Error(
      `package-lock.json must have @pulumi/${name}: run npm install --save-exact @pulumi/${name}`,
    );
  return version;
}

/**
 * Creates a folder for PULUMI_HOME in which the engine finds the plugins. The plugin folders must be real folders,
 * because the engine ignores symbolic links to folders, and warns about plugins on the PATH.
 */
export async function createPulumiHome(home: string, plugins: readonly Plugin[]): Promise<void> {
  for (const { name, version, path } of plugins) {
    const folder = join(home, "plugins", pluginFolder(name, version));
    await mkdir(folder, { recursive: true });
    const program = join(folder, pluginProgram(name));
    // A benchmark opens the stacks of a running lab a second time.
    await rm(program, { force: true });
    await symlink(path, program);
  }
}

const pluginFolder = (name: string, version: string) => `resource-${name}-v${version}`;
export const pluginProgram = (name: string) => `pulumi-resource-${name}`;

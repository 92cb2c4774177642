import { existsSync } from "node:fs";
import { mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { runCommand } from "../process/run-command";
import type { Step } from "../process/steps";
import { withLock } from "../process/lock";
import { getPulumiHome } from "./user-folders";

/** Provider plugins that the program needs; the npm package of each pins its version. */
const NAMES = ["kubernetes", "random", "tls"] as const;
const INSTALL_TIMEOUT_MS = 20_000;
const RETRY_AFTER_MS = 86_400_000;

export interface Plugin {
  readonly name: string;
  readonly version: string;
  readonly kind: "official" | "stand-in";
  readonly path: string;
}

/**
 * The official plugins, where all are installed or can be downloaded; else the stand-ins of lab/engine. Not a
 * mixture: one lab's result should not depend on which download went through.
 */
export async function preparePlugins(
  project: string,
  cache: string,
  engine: string,
  step: Step,
): Promise<Plugin[]> {
  const versions = await pinnedVersions(project);
  const official = (home: string) =>
    versions.map(({ name, version }): Plugin => {
      const path = join(home, "plugins", folderOf(name, version), programOf(name));
      return { name, version, kind: "official", path };
    });
  const complete = (plugins: readonly Plugin[]) =>
    plugins.every(({ path }) => existsSync(path) && !existsSync(`${join(path, "..")}.partial`));

  const users = official(getPulumiHome());
  if (complete(users)) return users;
  const home = join(cache, "pulumi");
  const own = official(home);
  if (!complete(own)) {
    await mkdir(home, { recursive: true });
    const wait = () => {
      step.reportWait("another lab that installs plugins");
    };
    await withLock(join(cache, "pulumi.lock"), wait, async () => {
      if (!complete(own)) await install(join(engine, "bin/pulumi"), home, versions, step);
    });
  }
  if (complete(own)) return own;
  return versions.map(({ name, version }) => {
    return { name, version, kind: "stand-in", path: join(engine, "bin", programOf(name)) };
  });
}

/** Tries the engine's own download, once a day: where its site cannot be reached, it costs its time limit. */
async function install(
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
      step.reportWait(`the official plugin ${name} ${version}`);
      const args = ["plugin", "install", "resource", name, version];
      await runCommand(pulumi, args, { env, timeoutMs: Math.max(end - Date.now(), 1) });
    }
  } catch (error) {
    await writeFile(failed, `${(error as Error).message}\n`);
  }
}

async function pinnedVersions(project: string): Promise<{ name: string; version: string }[]> {
  const lock = JSON.parse(await readFile(join(project, "package-lock.json"), "utf8")) as {
    packages: Record<string, { version: string } | undefined>;
  };
  return NAMES.map((name) => {
    const version = lock.packages[`node_modules/@pulumi/${name}`]?.version;
    if (version === undefined) throw new Error(`package-lock.json lacks @pulumi/${name}`);
    return { name, version };
  });
}

/**
 * Makes a Pulumi home that has the plugins installed as far as the engine can tell. The folders must be real ones:
 * the engine overlooks links in place of them, and warns of plugins on the PATH.
 */
export async function createPulumiHome(home: string, plugins: readonly Plugin[]): Promise<void> {
  for (const { name, version, path } of plugins) {
    const folder = join(home, "plugins", folderOf(name, version));
    await mkdir(folder, { recursive: true });
    await symlink(path, join(folder, programOf(name)));
  }
}

const folderOf = (name: string, version: string) => `resource-${name}-v${version}`;
const programOf = (name: string) => `pulumi-resource-${name}`;

import { existsSync } from "node:fs";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";

import { listBuiltPlugins } from "../../../../lab/prepare/built-plugins";
import { findReleases, readPinnedVersions } from "../../../../lab/prepare/pulumi-plugins";
import { useTempFolder } from "../../../support/temp-folder";

const PROJECT = resolve(__dirname, "../../../..");
const versions = readPinnedVersions(PROJECT);
const folder = useTempFolder();
const inFolder = (...names: string[]) => join(folder(), ...names);

const program = (home: string, { name, version }: (typeof versions)[number]) =>
  join(home, `plugins/resource-${name}-v${version}/pulumi-resource-${name}`);
const [first] = versions;
if (first === undefined) throw new Error("the program needs no plugins");

async function install(home: string): Promise<void> {
  for (const plugin of versions) {
    const path = program(home, plugin);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, "");
  }
}

function find(env: NodeJS.ProcessEnv = {}) {
  const step = { reportWait: () => undefined };
  const all = { PULUMI_HOME: inFolder("user"), ...env };
  return findReleases(PROJECT, inFolder("cache"), inFolder("engine"), step, all);
}

/** An engine that installs the plugins that the condition (in sh, with the plugin's name as $4) accepts. */
async function createEngine(condition: string): Promise<void> {
  await mkdir(inFolder("engine/bin"), { recursive: true });
  const place = '"$PULUMI_HOME/plugins/resource-$4-v$5"';
  const script = `#!/bin/sh\n${condition} || exit 1\nmkdir -p ${place} && touch ${place}/pulumi-resource-$4\n`;
  await writeFile(inFolder("engine/bin/pulumi"), script);
  await chmod(inFolder("engine/bin/pulumi"), 0o755);
}

beforeEach(() => createEngine("false"));

describe("official releases", () => {
  test("of the user are used if all are installed", async () => {
    await install(inFolder("user"));

    expect(await find()).toEqual(
      versions.map((plugin) => ({
        ...plugin,
        origin: "official release",
        path: program(inFolder("user"), plugin),
      })),
    );
  });

  test("are downloaded if the user does not have all of them", async () => {
    await install(inFolder("user"));
    await rm(program(inFolder("user"), first));
    await createEngine("true");

    const found = await find();

    expect(found).toHaveLength(versions.length);
    expect(found?.[0]?.path).toBe(program(inFolder("cache/pulumi"), first));
    expect(found?.every(({ path }) => existsSync(path))).toBe(true);
  });

  test("are not used if one cannot be downloaded, and the lab does not try again the same day", async () => {
    await createEngine('test "$4" != tls');
    expect(await find()).toBeUndefined();

    await createEngine("true");
    expect(await find()).toBeUndefined();
  });

  test("are not used if LAB_BUILD_PLUGINS is set", async () => {
    await install(inFolder("user"));

    expect(await find({ LAB_BUILD_PLUGINS: "1" })).toBeUndefined();
    expect(await find({ LAB_BUILD_PLUGINS: "" })).toHaveLength(versions.length);
  });
});

test("the lab builds the kubernetes plugin from its official source, and stand-ins for the others", () => {
  const built = listBuiltPlugins(PROJECT, { kubernetesPlugin: "/k", engine: "/e" });

  expect(built.map(({ name, origin, path }) => [name, origin.split(" v")[0], path])).toEqual([
    ["kubernetes", "official source", "/k/bin/pulumi-resource-kubernetes"],
    ["random", "stand-in", "/e/bin/pulumi-resource-random"],
    ["tls", "stand-in", "/e/bin/pulumi-resource-tls"],
  ]);
  expect(built.map(({ name, version }) => ({ name, version }))).toEqual(versions);
});

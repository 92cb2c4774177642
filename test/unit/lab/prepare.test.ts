import { statSync } from "node:fs";
import { mkdtemp, readdir, rm, utimes, writeFile, mkdir } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { ensureCached } from "../../../lab/prepare/cache";
import {
  getCacheFolder,
  createRunFolder,
  findExpiredRuns,
  getHomeFolder,
  getPulumiHome,
} from "../../../lab/prepare/user-folders";
import { explainFailure } from "../../../lab/prepare/build-go-module";
import { createCacheKey, getRequiredVersion, readSources } from "../../../lab/prepare/cache-key";
import { formatInstallCommand, findMissingPackages } from "../../../lab/prepare/system-packages";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lab-test-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("the key of a build", () => {
  test("depends on each part and on where it ends", () => {
    const keys = [["ab", "c"], ["a", "bc"], ["abc"], ["ab", "c", ""], ["ab", "d"]].map(createCacheKey);

    expect(new Set(keys).size).toBe(keys.length);
  });

  test("changes with sources and their names, not with tests or the folder's place", async () => {
    const key = async (name: string, files: Record<string, string>) => {
      const place = join(folder, name);
      await mkdir(join(place, "internal"), { recursive: true });
      for (const [file, text] of Object.entries(files)) await writeFile(join(place, file), text);
      return createCacheKey(readSources(place));
    };
    const one = await key("a", { "main.go": "package main" });

    expect(await key("b", { "main.go": "package main", "main_test.go": "x" })).toBe(one);
    expect(await key("c", { "main.go": "package main // changed" })).not.toBe(one);
    expect(await key("d", { "other.go": "package main" })).not.toBe(one);
    expect(await key("e", { "internal/main.go": "package main" })).not.toBe(one);
  });

  test("takes versions from go.mod, required directly or not", () => {
    const goMod =
      "module m\n\nrequire example.com/a v1.2.3\n\nrequire (\n\texample.com/b v0.1.0 // indirect\n)\n";

    expect(getRequiredVersion(goMod, "example.com/a")).toBe("v1.2.3");
    expect(getRequiredVersion(goMod, "example.com/b")).toBe("v0.1.0");
    expect(() => getRequiredVersion(goMod, "example.com")).toThrow("does not require example.com");
  });
});

describe("the cache", () => {
  const step = { reportWait: () => undefined };
  const entry = () => ({ cache: folder, name: "tool", key: createCacheKey(["1"]) });
  const made = async () => (await readdir(folder)).filter((name) => !name.endsWith(".lock"));

  test("makes a folder once, also when two ask at the same time", async () => {
    let times = 0;
    const make = async (partial: string) => {
      times++;
      await writeFile(join(partial, "program"), "");
    };
    const [first, second] = await Promise.all([
      ensureCached(entry(), step, make),
      ensureCached(entry(), step, make),
    ]);

    expect(first).toBe(second);
    expect(times).toBe(1);
    expect(await readdir(first)).toEqual(["program"]);
  });

  test("keeps nothing of a build that failed", async () => {
    const failing = ensureCached(entry(), step, async (partial) => {
      await writeFile(join(partial, "half"), "");
      throw new Error("no space left on device");
    });

    await expect(failing).rejects.toThrow("no space left");
    expect(await made()).toEqual([]);
  });

  /** Makes a version per age, in hours. */
  async function versions(ages: Record<string, number>) {
    for (const [name, hours] of Object.entries(ages)) {
      const used = new Date(Date.now() - hours * 3_600_000);
      await mkdir(join(folder, name));
      await utimes(join(folder, name), used, used);
    }
  }

  test("clears away what a killed build left, and old versions that nobody uses", async () => {
    await versions({ "tool-a": 0, "tool-b": 48, "tool-c": 96, "tool-d": 144, "tool-e": 192 });
    await mkdir(join(folder, "tool-f.partial"));
    await mkdir(join(folder, "toolbox-f"));

    const now = await ensureCached(entry(), step, () => Promise.resolve());

    expect((await made()).sort()).toEqual(
      ["tool-a", "tool-b", "tool-c", "toolbox-f", now.slice(folder.length + 1)].sort(),
    );
  });

  test("keeps versions that a lab may be running", async () => {
    await versions({ "tool-a": 1, "tool-b": 2, "tool-c": 3, "tool-d": 4, "tool-e": 5 });

    await ensureCached(entry(), step, () => Promise.resolve());

    expect(await made()).toHaveLength(6);
  });
});

describe("the folders of a user", () => {
  test("follow the XDG variables", () => {
    expect(getCacheFolder({ XDG_CACHE_HOME: "/c" })).toBe("/c/istio-mtls-lab");
    expect(getPulumiHome({ PULUMI_HOME: "/p" })).toBe("/p");
  });

  // Else they would be in the project, or wherever the lab is started.
  test.each(["", "relative", "./here", "~/there"])("are the usual ones with %j", (value) => {
    const home = getHomeFolder();

    expect(getCacheFolder({ XDG_CACHE_HOME: value })).toBe(join(home, ".cache/istio-mtls-lab"));
    expect(getPulumiHome({ PULUMI_HOME: value })).toBe(join(home, ".pulumi"));
  });

  test("are in the home that the system knows where HOME is empty", () => {
    const home = process.env["HOME"];
    process.env["HOME"] = "";
    try {
      expect(getHomeFolder()).toBe(userInfo().homedir);
    } finally {
      if (home === undefined) delete process.env["HOME"];
      else process.env["HOME"] = home;
    }
  });

  test("keep the newest runs and those that are still on", () => {
    const runs = Array.from({ length: 12 }, (_, day) => `2026-01-${10 + day}T120000-${100 + day}`);

    expect(findExpiredRuns([...runs, "notes"], (pid) => pid === 101)).toEqual([
      "2026-01-10T120000-100",
      "2026-01-12T120000-102",
      "2026-01-13T120000-103",
    ]);
  });

  test("of a run are named after it, and can be read by its owner alone", () => {
    const run = createRunFolder({ XDG_STATE_HOME: folder }, new Date("2026-01-02T03:04:05Z"));

    expect(run).toBe(join(folder, `istio-mtls-lab/2026-01-02T030405-${process.pid}`));
    expect(statSync(run).mode & 0o777).toBe(0o700);
  });
});

describe("system packages", () => {
  test("that are missing are named once, and user id maps only without root", () => {
    const has = (command: string) => !/^(iptables|ip|newuidmap)/.test(command);

    expect(findMissingPackages(has, true)).toEqual(["iproute2", "iptables"]);
    expect(findMissingPackages(has, false)).toEqual(["iproute2", "iptables", "uidmap"]);
  });

  test("are named with the command of the distribution", () => {
    const command = (osRelease: string) => formatInstallCommand(["iproute2", "curl"], osRelease);

    expect(command("ID=debian\n")).toBe("apt-get install -y iproute2 curl");
    expect(command('NAME="Mint"\nID_LIKE="ubuntu debian"\n')).toMatch(/^apt-get/);
    expect(command('ID="rocky"\nID_LIKE="rhel centos fedora"\n')).toBe(
      "dnf install -y iproute curl",
    );
    expect(command("ID=other\n")).toContain("iproute2 curl");
  });
});

describe("a failed build", () => {
  test.each([
    ["write /tmp/x: no space left on device", "The disk is full"],
    ["go: m@v1: Get https://proxy: dial tcp: lookup proxy: no such host", "could not be reached"],
    ["x: signal: killed", "out of memory"],
  ])("with %j says what to do", (line, advice) => {
    const message = explainFailure("go build of lab/tools", ["go: downloading a v1", "a/b", line]);

    expect(message).toMatch(/^go build of lab\/tools failed\.\n/);
    expect(message).toContain(advice);
    expect(message.split("\n").at(-1)).toBe(line);
    expect(message).not.toContain("downloading");
  });

  test("of the code itself shows the compiler's complaint alone", () => {
    expect(explainFailure("go build", ["a/b", "./main.go:3:1: undefined: x"])).toBe(
      "go build failed.\n./main.go:3:1: undefined: x",
    );
  });
});

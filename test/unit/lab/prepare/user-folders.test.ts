import { statSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import {
  createRunFolder,
  findExpiredRuns,
  getCacheFolder,
  getHomeFolder,
  getPulumiHome,
} from "../../../../lab/prepare/user-folders";
import { useTempFolder } from "../../../support/temp-folder";

const folder = useTempFolder();

describe("the folders of a user", () => {
  test("follow the XDG variables", () => {
    expect(getCacheFolder({ XDG_CACHE_HOME: "/c" })).toBe("/c/istio-mtls-lab");
    expect(getPulumiHome({ PULUMI_HOME: "/p" })).toBe("/p");
  });

  // Otherwise they would be in the project, or wherever the user starts the lab.
  test.each(["", "relative", "./here", "~/there"])("are the default ones with %j", (value) => {
    const home = getHomeFolder();

    expect(getCacheFolder({ XDG_CACHE_HOME: value })).toBe(join(home, ".cache/istio-mtls-lab"));
    expect(getPulumiHome({ PULUMI_HOME: value })).toBe(join(home, ".pulumi"));
  });

  test("are in the home folder of the user database if HOME is empty", () => {
    const home = process.env["HOME"];
    process.env["HOME"] = "";
    try {
      expect(getHomeFolder()).toBe(userInfo().homedir);
    } finally {
      if (home === undefined) delete process.env["HOME"];
      else process.env["HOME"] = home;
    }
  });
});

describe("run folders", () => {
  test("are kept if they are among the newest, or their lab still runs", () => {
    const runs = Array.from({ length: 12 }, (_, day) => `2026-01-${10 + day}T120000-${100 + day}`);

    expect(findExpiredRuns([...runs, "notes"], (pid) => pid === 101)).toEqual([
      "2026-01-10T120000-100",
      "2026-01-12T120000-102",
      "2026-01-13T120000-103",
    ]);
  });

  test("are named after the time and the process, and only their owner can read them", () => {
    const run = createRunFolder({ XDG_STATE_HOME: folder() }, new Date("2026-01-02T03:04:05Z"));

    expect(run).toBe(join(folder(), `istio-mtls-lab/2026-01-02T030405-${process.pid}`));
    expect(statSync(run).mode & 0o777).toBe(0o700);
  });
});

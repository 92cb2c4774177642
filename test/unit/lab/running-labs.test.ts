import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { listChildPids } from "../../../lab/process/linux-namespaces";
import { until } from "../../../lab/process/until";
import { findRunningLabs } from "../../../lab/running-labs";
import { useTempFolder } from "../../support/temp-folder";

const folder = useTempFolder();

/** Creates the run folder of a lab that the process would have started. */
function createRun(launcherPid: number): void {
  const run = join(folder(), `istio-mtls-lab/2026-01-02T030405-${launcherPid}`);
  mkdirSync(run, { recursive: true });
}

test("a run is not a running lab if its process has ended, or its ID belongs to another process", async () => {
  createRun(2 ** 30);
  createRun(process.pid);
  const parent = spawn("sh", ["-c", "sh -c 'echo up; cat; :'; :"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise((done) => parent.once("exit", done));
  try {
    await until("a grandchild", () => listChildPids(process.pid).flatMap(listChildPids)[0]);

    expect(findRunningLabs({ XDG_STATE_HOME: folder() })).toEqual([]);
  } finally {
    parent.stdin.end();
    await ended;
  }
});

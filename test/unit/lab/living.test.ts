import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { listChildPids } from "../../../lab/process/linux-namespaces";
import { findRunningLabs } from "../../../lab/running-labs";
import { until } from "../../../lab/process/until";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A run that was started by the process. */
function runOf(pid: number): string {
  const run = join(folder, `istio-mtls-lab/2026-01-02T030405-${pid}`);
  mkdirSync(run, { recursive: true });
  return run;
}

test("a run whose process is gone, or is another one by now, is no lab", async () => {
  runOf(2 ** 30);
  runOf(process.pid);
  const family = spawn("sh", ["-c", "sh -c 'echo up; cat; :'; :"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise((done) => family.once("exit", done));
  try {
    await until("a grandchild", () => listChildPids(process.pid).flatMap(listChildPids)[0]);

    expect(findRunningLabs({ XDG_STATE_HOME: folder })).toEqual([]);
  } finally {
    family.stdin.end();
    await ended;
  }
});

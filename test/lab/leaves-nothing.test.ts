import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { listChildPids } from "../../lab/process/linux-namespaces";
import { until } from "../../lab/process/until";

/** Lists the processes in a PID namespace. */
function listProcesses(namespace: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => readPidNamespace(pid) === namespace);
}

function readPidNamespace(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined; // The process has ended.
  }
}

/** Lists a process and all its descendants. */
function listProcessTree(pid: number): number[] {
  return [pid, ...listChildPids(pid).flatMap(listProcessTree)];
}

/** Reads everything other than processes that a lab could leave on the machine. */
function readTraces() {
  return {
    namespaces: execFileSync("ip", ["netns", "list"], { encoding: "utf8" }),
    links: execFileSync("ip", ["-o", "link"], { encoding: "utf8" }).replace(/@.*/g, ""),
    mounts: readFileSync("/proc/self/mounts", "utf8"),
    rules: execFileSync("iptables-save", { encoding: "utf8" }).replace(/^#.*$|\[\d+:\d+\]/gm, ""),
  };
}

describe.each(["SIGKILL", "SIGINT"] as const)("after %s during an up", (signal) => {
  test("nothing of the lab remains", async () => {
    const before = readTraces();
    const lab = spawn(process.execPath, ["lab/start.mjs"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    lab.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const pid = lab.pid ?? 0;
    await until("the lab's first up", () => output.includes("pulumi up server") || undefined, {
      deadlineMs: 240_000,
    });
    const own = readPidNamespace(process.pid);
    const labNamespace = listProcessTree(pid)
      .map(readPidNamespace)
      .find((namespace) => namespace !== own);
    expect(listProcesses(labNamespace ?? "").length).toBeGreaterThan(10);

    const ended = new Promise((done) => lab.on("exit", done));
    lab.kill(signal);
    await ended;
    await until(
      "the lab's processes to be gone",
      () => listProcesses(labNamespace ?? "").length === 0 || undefined,
      { deadlineMs: 20_000 },
    );
    expect(readTraces()).toEqual(before);
  });
});

import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { listChildPids } from "../../lab/process/linux-namespaces";
import { until } from "../../lab/process/until";

/** Processes of the machine by their process namespace. */
function processesBy(namespace: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pidNamespace(pid) === namespace);
}

function pidNamespace(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined; // It has ended.
  }
}

/** All descendants of a process, itself included, as ps has them. */
function descendants(pid: number): number[] {
  return [pid, ...listChildPids(pid).flatMap(descendants)];
}

/** What a lab could leave on the machine beside processes. */
function traces() {
  return {
    namespaces: execFileSync("ip", ["netns", "list"], { encoding: "utf8" }),
    links: execFileSync("ip", ["-o", "link"], { encoding: "utf8" }).replace(/@.*/g, ""),
    mounts: readFileSync("/proc/self/mounts", "utf8"),
    rules: execFileSync("iptables-save", { encoding: "utf8" }).replace(/^#.*$|\[\d+:\d+\]/gm, ""),
  };
}

describe.each(["SIGKILL", "SIGINT"] as const)("after %s in the middle of an up", (signal) => {
  test("nothing of the lab is left", async () => {
    const before = traces();
    const lab = spawn(process.execPath, ["lab/start.mjs"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    lab.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const pid = lab.pid ?? 0;
    await until("the lab's first up", () => output.includes("pulumi up server") || undefined, {
      deadlineMs: 240_000,
    });
    const own = pidNamespace(process.pid);
    const contained = descendants(pid)
      .map(pidNamespace)
      .find((namespace) => namespace !== own);
    expect(processesBy(contained ?? "").length).toBeGreaterThan(10);

    const ended = new Promise((done) => lab.on("exit", done));
    lab.kill(signal);
    await ended;
    await until(
      "the lab's processes to be gone",
      () => processesBy(contained ?? "").length === 0 || undefined,
      { deadlineMs: 20_000 },
    );
    expect(traces()).toEqual(before);
  });
});

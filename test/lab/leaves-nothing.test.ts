import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

import { describe, expect, onTestFinished, test } from "vitest";

import { listDescendantPids, wrapInNamespaces } from "../../lab/process/linux-namespaces";
import { until } from "../../lab/process/until";
import { listProcesses, readPidNamespace, readTraces } from "./traces";

/** A lab in its first up, when all of its parts run. */
interface StartedLab {
  readonly launcherPid: number;
  /** Resolves with its exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  readonly pidNamespace: string;
  readonly readOutput: () => string;
}

async function startLab(): Promise<StartedLab> {
  const lab = spawn(process.execPath, ["lab/start.mjs"], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((done) => lab.on("exit", done));
  onTestFinished(() => void lab.kill("SIGKILL"));
  let output = "";
  for (const stream of [lab.stdout, lab.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  await Promise.race([
    until("the lab's first up", () => output.includes("pulumi up server") || undefined, {
      deadlineMs: 600_000,
    }),
    ended.then((code) => {
      throw new Error(`The lab ended with ${code ?? "a signal"}\n${output}`);
    }),
  ]);
  const launcherPid = lab.pid ?? 0;
  const pidNamespace = listDescendantPids(launcherPid)
    .map(readPidNamespace)
    .find((namespace) => namespace !== undefined && namespace !== readPidNamespace(process.pid));
  expect(listProcesses(pidNamespace ?? "").length).toBeGreaterThan(10);
  return { launcherPid, ended, pidNamespace: pidNamespace ?? "", readOutput: () => output };
}

/** Finds the first process of a lab with a command line. */
function findProcess({ launcherPid }: StartedLab, commandLine: RegExp): number {
  const found = listDescendantPids(launcherPid).find((pid) =>
    commandLine.test(readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")),
  );
  if (found === undefined) throw new Error(`No process of the lab is ${commandLine.source}`);
  return found;
}

/** Waits until nothing of the lab remains, for a launcher that cannot wait for it. */
async function expectTraces(before: ReturnType<typeof readTraces>, lab: StartedLab) {
  await until(
    "the lab's processes and control groups to be gone",
    () =>
      (listProcesses(lab.pidNamespace).length === 0 &&
        readTraces().controlGroups.length === before.controlGroups.length) ||
      undefined,
    { deadlineMs: 20_000 },
  ).catch(() => undefined);
  expect(listProcesses(lab.pidNamespace)).toEqual([]);
  expect(readTraces()).toEqual(before);
}

describe("nothing of the lab remains", () => {
  test.each(["SIGINT", "SIGKILL"] as const)("after %s of the launcher", async (signal) => {
    const before = readTraces();
    const lab = await startLab();
    process.kill(lab.launcherPid, signal);
    expect(await lab.ended).toBe(signal === "SIGINT" ? 130 : null);
    await expectTraces(before, lab);
  });

  test.each([
    ["the supervisor of the control groups", /^sh \S+control-groups\.sh run/],
    ["the process that waits for the namespaces", /^unshare --net/],
    ["the first process in the namespaces", /^sh -c mount/],
    ["the process that runs the scenario", /run-in-namespaces/],
    ["a containerd", /containerd --config/],
    ["a kubelet", /kubelet --config/],
  ])("after SIGKILL of %s", async (_, commandLine) => {
    const before = readTraces();
    const lab = await startLab();
    process.kill(findProcess(lab, commandLine), "SIGKILL");
    expect(await lab.ended, lab.readOutput()).toBe(1);
    await expectTraces(before, lab);
  });

  test("after SIGTERM again and again while it is removed", async () => {
    const before = readTraces();
    const [command = "", ...args] = wrapInNamespaces(["sleep", "infinity"]);
    const supervisor = spawn(command, args, { stdio: "ignore" });
    await until("processes", () => listDescendantPids(supervisor.pid ?? 0)[2]);
    const hasEnded = () => {
      supervisor.kill("SIGTERM");
      return supervisor.exitCode ?? supervisor.signalCode ?? undefined;
    };
    await until("the end", hasEnded, { everyMs: 1 });
    expect(readTraces()).toEqual(before);
  });

  test("after success, beside a lab that is killed", async () => {
    const before = readTraces();
    const [lab, killed] = await Promise.all([startLab(), startLab()]);
    const both = readTraces().controlGroups.length;
    process.kill(killed.launcherPid, "SIGKILL");
    await until(
      "the killed lab's control groups to be gone",
      () => readTraces().controlGroups.length < both || undefined,
      { deadlineMs: 20_000 },
    );
    expect(await lab.ended, lab.readOutput()).toBe(0);
    await expectTraces(before, lab);
  });
});

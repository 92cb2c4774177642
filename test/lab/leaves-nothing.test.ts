import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { describe, expect, onTestFinished, test } from "vitest";

import { getCacheFolder } from "../../lab/prepare/user-folders";
import { listDescendantPids, wrapInNamespaces } from "../../lab/process/linux-namespaces";
import { until } from "../../lab/process/until";
import { useTempFolder } from "../support/temp-folder";
import {
  listCommandLines,
  listProcesses,
  readCommandLine,
  readPidNamespace,
  readTraces,
} from "./traces";

const folder = useTempFolder();

const SUPERVISOR = /^sh \S+control-groups\.sh run/;

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
  const started = {
    launcherPid,
    ended,
    pidNamespace: pidNamespace ?? "",
    readOutput: () => output,
  };
  expect(listProcesses(started.pidNamespace).length).toBeGreaterThan(10);
  expect(hasControlGroups(started)).toBe(true);
  return started;
}

/** Finds the first process of a lab with a command line. */
function findProcess({ launcherPid }: StartedLab, commandLine: RegExp): number {
  const found = listDescendantPids(launcherPid).find((pid) =>
    commandLine.test(readCommandLine(pid)),
  );
  if (found === undefined) throw new Error(`No process of the lab is ${commandLine.source}`);
  return found;
}

const hasControlGroups = ({ launcherPid }: StartedLab) =>
  readTraces(launcherPid).controlGroups !== "";

const isGone = (lab: StartedLab) =>
  (listProcesses(lab.pidNamespace).length === 0 && !hasControlGroups(lab)) || undefined;

/** A killed launcher cannot wait until its lab is gone. */
const waitUntilGone = (lab: StartedLab) =>
  until("the lab's processes and control groups to be gone", () => isGone(lab), {
    deadlineMs: 20_000,
  });

describe("nothing of the lab remains", () => {
  test.each(["SIGINT", "SIGKILL"] as const)("after %s of the launcher", async (signal) => {
    const before = readTraces();
    const lab = await startLab();
    process.kill(lab.launcherPid, signal);
    expect(await lab.ended).toBe(signal === "SIGINT" ? 130 : null);
    await waitUntilGone(lab);
    expect(readTraces(lab.launcherPid)).toEqual(before);
  });

  test.each([
    ["the supervisor of the control groups", SUPERVISOR],
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
    await waitUntilGone(lab);
    expect(readTraces(lab.launcherPid)).toEqual(before);
  });

  test("after SIGKILL of the launcher and the supervisor, when the next lab starts", async () => {
    const before = readTraces();
    const lab = await startLab();
    const supervisor = findProcess(lab, SUPERVISOR);
    for (const pid of [supervisor, lab.launcherPid]) process.kill(pid, "SIGKILL");
    await lab.ended;
    const isEmpty = () => listProcesses(lab.pidNamespace).length === 0 || undefined;
    await until("the end of all processes", isEmpty);
    expect(hasControlGroups(lab)).toBe(true);
    const [command = "", ...args] = wrapInNamespaces(["true"]);
    execFileSync(command, args);
    expect(readTraces(lab.launcherPid)).toEqual(before);
  });

  test("after SIGKILL of the launcher while it builds images", async () => {
    const before = readTraces();
    const cache = join(folder(), "istio-mtls-lab");
    mkdirSync(cache);
    for (const name of readdirSync(getCacheFolder())) {
      if (!name.includes("images")) symlinkSync(join(getCacheFolder(), name), join(cache, name));
    }
    const lab = spawn(process.execPath, ["lab/start.mjs"], {
      stdio: "ignore",
      env: { ...process.env, XDG_CACHE_HOME: folder() },
    });
    onTestFinished(() => void lab.kill("SIGKILL"));
    // The fourth layer has Envoy, and takes a second to unpack.
    const layer = "io.containerd.snapshotter.v1.overlayfs/snapshots/4";
    const isUnpacking = () =>
      readdirSync(cache).some((name) => existsSync(join(cache, name, layer)));
    await until("a large layer", () => isUnpacking() || undefined, { everyMs: 10 });
    const listBuilders = () => listCommandLines().filter((line) => line.includes(folder()));
    expect(listBuilders()).not.toEqual([]);
    lab.kill("SIGKILL");
    await until("the end of all processes", () => listBuilders().length === 0 || undefined);
    expect(readTraces(lab.pid)).toEqual(before);
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
    expect(readTraces(process.pid)).toEqual(before);
  });

  test("after many starts and ends, side by side", async () => {
    const before = readTraces();
    // Without the other namespaces, more of them start at the same time.
    const LAUNCHER =
      'const { wrapInControlGroups, joinControlGroups } = require("./lab/process/control-groups");' +
      'const [command, ...args] = wrapInControlGroups(["unshare", "--mount", ...joinControlGroups(["true"])]);' +
      'for (let i = 0; i < 100; i++) require("child_process").execFileSync(command, args);';
    const launch = () =>
      promisify(execFile)(process.execPath, ["--require", "tsx/cjs", "--eval", LAUNCHER]);
    await Promise.all([launch(), launch(), launch()]);
    expect(readTraces()).toEqual(before);
  });

  test("after success, beside a lab that is killed", async () => {
    const before = readTraces();
    const [lab, killed] = await Promise.all([startLab(), startLab()]);
    process.kill(killed.launcherPid, "SIGKILL");
    await waitUntilGone(killed);
    expect(hasControlGroups(lab)).toBe(true);
    expect(await lab.ended, lab.readOutput()).toBe(0);
    await waitUntilGone(lab);
    expect(readTraces(lab.launcherPid)).toEqual(before);
  });
});

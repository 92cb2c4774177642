import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { runCommand } from "./run-command";

const SCRIPT = join(__dirname, "control-groups.sh");

const ROOT = "/sys/fs/cgroup";

// The name is this process's, so that labs that run at the same time have groups of their own.
const NAME = `istio-mtls-lab-${process.pid}`;

/**
 * Wraps the command that creates the lab's namespaces. The wrapped command creates control groups for the lab, and
 * removes them when the lab has ended, or when this process has. SIGTERM ends it with the lab.
 */
export function wrapInControlGroups(command: readonly string[]): string[] {
  const supervisor = ["unshare", "--mount", "--", "sh", SCRIPT, "run", NAME];
  return ["setpriv", "--pdeathsig", "TERM", ...supervisor, ...command];
}

/** Wraps the first command in the lab's namespaces so that it joins the lab's control groups. */
export function joinControlGroups(command: readonly string[]): string[] {
  return ["sh", SCRIPT, "enter", NAME, ...command];
}

/** Removes the lab's control groups. Only needed if the process that removes them was killed. */
export async function removeControlGroups(): Promise<void> {
  await runCommand("unshare", ["--mount", "--", "sh", SCRIPT, "remove", NAME]);
}

/**
 * Creates a control group in the lab's groups, such as the `cgroupRoot` of a kubelet. Only works in the lab's namespaces.
 *
 * @returns its path as processes in the lab see it
 */
export function createControlGroup(name: string): string {
  const isV2 = existsSync(join(ROOT, "cgroup.controllers"));
  const hierarchies = isV2 ? ["."] : readdirSync(ROOT);
  for (const hierarchy of hierarchies) mkdirSync(join(ROOT, hierarchy, name), { recursive: true });
  return `/${name}`;
}

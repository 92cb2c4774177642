import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";

/** Where the lab keeps what is secret: on the tmpfs that {@link wrapInNamespaces} mounts. */
export const WORK_FOLDER = "/run/lab";

// A shell is process 1, because it reaps orphans as an init should. /run is private for /run/netns, the locks
// of iptables, and all that must go with the lab.
const INIT = `mount -t tmpfs -o mode=0755,nosuid,nodev lab /run &&
mkdir -m 0700 ${WORK_FOLDER} && mkdir -m 0755 /run/netns || exit 70
"$@" & wait $!`;

const isRoot = () => process.getuid?.() === 0;

/**
 * The command in network, mount and process namespaces of its own. They end with the command, and all of it,
 * also when any process of the chain is killed: each asks the kernel to die with the one before it.
 */
export function wrapInNamespaces(command: readonly string[]): string[] {
  return [
    ...["setpriv", "--pdeathsig", "KILL", "unshare"],
    ...(isRoot() ? [] : ["--user", "--map-root-user", "--map-auto"]),
    ...["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--"],
    ...["sh", "-c", INIT, "sh", ...command],
  ];
}

/** The command and all that it starts, in a process namespace that dies with this process. */
export function wrapInPidNamespace(command: readonly string[]): string[] {
  return [
    ...["setpriv", "--pdeathsig", "KILL", "unshare"],
    ...(isRoot() ? [] : ["--user", "--map-current-user"]),
    ...["--pid", "--fork", "--kill-child", "--mount-proc", "--"],
    ...command,
  ];
}

/** Starts a command line out of reach of the terminal's signals: who starts it decides how it ends. */
export function startDetached(
  [command = "", ...args]: readonly string[],
  options: {
    stdio: ("ignore" | "inherit" | "pipe" | "ipc")[];
    cwd?: string;
    env?: NodeJS.ProcessEnv;
  },
): ChildProcess {
  return spawn(command, args, { ...options, detached: true });
}

/** Ends what {@link startDetached} runs in a process namespace: at the top, so that its end is that of all. */
export function killPidNamespace(child: ChildProcess): void {
  const pid = child.pid;
  if (pid === undefined) return;
  const inits = listChildPids(pid);
  for (const init of inits) process.kill(init, "SIGKILL");
  if (inits.length === 0) child.kill("SIGKILL");
}

/** Processes that a process has started and that still run. */
export function listChildPids(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return children.split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

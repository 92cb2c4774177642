import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";

import { joinControlGroups, wrapInControlGroups } from "./control-groups";

/** Folder for everything that is secret, on the tmpfs that {@link wrapInNamespaces} mounts. */
export const WORK_FOLDER = "/run/lab";

// Process 1 is a shell, because it reaps orphans as an init must. /run is private: it holds /run/netns, the locks of
// iptables, and everything else that must disappear with the lab. So are the fixed folders of the kubelet and of
// the network plugins below /var, and the kernel settings that the kubelet would write for the whole machine: it finds
// them as it wants them. Everything else below /var stays, because projects and caches can be there.
const INIT = `mount -t tmpfs -o mode=0755,nosuid,nodev lab /run && mount --make-shared /run &&
mkdir -m 0700 ${WORK_FOLDER} && mkdir -m 0755 /run/netns || exit 70
for folder in /var/lib /var/log; do
  host=${WORK_FOLDER}/host$folder && mkdir -p $host && mount --rbind $folder $host && mount -t tmpfs lab $folder || exit 70
  for path in $host/*/; do
    name=\${path#$host/}
    case $name in kubelet/ | cni/ | containers/ | pods/) continue ;; esac
    mkdir "$folder/$name" && mount --rbind "$path" "$folder/$name" || exit 70
  done
done
for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \\
    kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
  name=\${setting%=*} && file=${WORK_FOLDER}/sysctl/$name && mkdir -p "$(dirname "$file")" &&
  echo "\${setting#*=}" > "$file" && mount --bind "$file" /proc/sys/$name || exit 70
done
"$@" & wait $!`;

/**
 * Wraps a command so that it runs in its own network, mount, PID and cgroup namespaces, and in its own control groups.
 * All of them, and all processes in them, end when the command ends, or when any process in the chain is killed.
 */
export function wrapInNamespaces(command: readonly string[]): string[] {
  return wrapInControlGroups([
    ...["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--"],
    ...joinControlGroups(["sh", "-c", INIT, "sh", ...command]),
  ]);
}

/** Wraps a command so that it and everything that it starts end with this process, in their own PID namespace. */
export function wrapInPidNamespace(command: readonly string[]): string[] {
  const namespace = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "--"];
  return ["setpriv", "--pdeathsig", "KILL", ...namespace, ...command];
}

/** Starts a command that does not receive the terminal's signals, so that only the caller ends it. */
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

/** Ends a command in a PID namespace: kills the first process of the namespace, and with it all others. */
export function killPidNamespace(child: ChildProcess): void {
  const pid = child.pid;
  if (pid === undefined) return;
  const inits = listChildPids(pid);
  for (const init of inits) process.kill(init, "SIGKILL");
  if (inits.length === 0) child.kill("SIGKILL");
}

/** Lists the running processes that a process has started. */
export function listChildPids(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return children.split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Lists the running descendants of a process, each before its own children. */
export function listDescendantPids(pid: number): number[] {
  return listChildPids(pid).flatMap((child) => [child, ...listDescendantPids(child)]);
}

import { readdirSync, readFileSync } from "node:fs";

/** The ID of a container, of the address that the kubelet reports for it. */
export function parseContainerId(address: string | undefined): string | undefined {
  return address?.replace("containerd://", "");
}

/** The processes of containers, the smallest numbers first. The control group of a container has its ID. */
export function* containerProcesses(containerIds: readonly string[]): Generator<number> {
  const pids = readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0);
  for (const pid of pids.sort((a, b) => a - b)) {
    if (isInContainer(pid, containerIds)) yield pid;
  }
}

function isInContainer(pid: number, containerIds: readonly string[]): boolean {
  try {
    const group = readFileSync(`/proc/${pid}/cgroup`, "utf8");
    return containerIds.some((id) => group.includes(id));
  } catch {
    return false; // It has ended.
  }
}

import { readdirSync, readFileSync } from "node:fs";

import { TICKS_PER_SECOND } from "./machine";

/** Processor time that a process has used, in milliseconds. 0 if it has ended. */
export function readProcessorMs(pid: number): number {
  try {
    return parseProcessorMs(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return 0;
  }
}

/** Parses /proc/PID/stat. */
export function parseProcessorMs(stat: string): number {
  // The name of the program, in brackets, may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** Memory of a process that is in RAM, in MiB. */
export function readMemoryMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

/** Finds the processes with this name in any of the containers. The control group of a container has its ID. */
export function findProcesses(containerIds: readonly string[], program: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && isProgramIn(pid, containerIds, program));
}

function isProgramIn(pid: number, containerIds: readonly string[], program: string): boolean {
  try {
    if (readFileSync(`/proc/${pid}/comm`, "utf8").trim() !== program) return false;
    const group = readFileSync(`/proc/${pid}/cgroup`, "utf8");
    return containerIds.some((id) => group.includes(id));
  } catch {
    return false; // It has ended.
  }
}

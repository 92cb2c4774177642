import { readFileSync } from "node:fs";

import { containerProcesses } from "../lab/process/container-processes";
import { TICKS_PER_SECOND } from "./machine";

const MS_PER_TICK = 1000 / TICKS_PER_SECOND;

/** Processor time that a process has used, in milliseconds. 0 if it has ended. */
export function readProcessorMs(pid: number): number {
  try {
    return parseProcessorMs(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return 0;
  }
}

/** Processor time that this process has used, and all that it started and that has ended, in milliseconds. */
export function readOwnProcessorMs(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  return parseProcessorMs(stat) + parseEndedProcessorMs(stat);
}

/** Parses /proc/PID/stat. */
export function parseProcessorMs(stat: string): number {
  return sumTicks(stat, 11) * MS_PER_TICK;
}

/** The same for what the process started and has waited for. */
export function parseEndedProcessorMs(stat: string): number {
  return sumTicks(stat, 13) * MS_PER_TICK;
}

/** The time in user mode, in this field after the name of the program, and in the kernel, in the next one. */
function sumTicks(stat: string, field: number): number {
  // The name, in brackets, may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[field]) + Number(fields[field + 1]);
}

/** Memory of a process that is in RAM, in MiB. */
export function readMemoryMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

/** Finds the processes with this name in any of the containers. */
export function findProcesses(containerIds: readonly string[], program: string): number[] {
  return [...containerProcesses(containerIds)].filter((pid) => readName(pid) === program);
}

function readName(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return undefined; // It has ended.
  }
}

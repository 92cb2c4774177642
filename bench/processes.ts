import { readFileSync } from "node:fs";

import { containerProcesses } from "../lab/process/container-processes";
import { TICKS_PER_SECOND } from "./machine";

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
  const fields = fieldsOf(stat);
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** The same for what the process started and has waited for. */
export function parseEndedProcessorMs(stat: string): number {
  const fields = fieldsOf(stat);
  return ((Number(fields[13]) + Number(fields[14])) * 1000) / TICKS_PER_SECOND;
}

function fieldsOf(stat: string): readonly string[] {
  // The name of the program, in brackets, may contain spaces.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
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

import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

import { LAB_VARIABLE } from "../lab/lab-variable";

/** The machine, and how busy it was during a measurement. */
export interface MachineLoad {
  readonly processors: number;
  readonly model: string;
  /** Load averages of the last minute, at the start and at the end. */
  readonly load: readonly [number, number];
  /** Part of all processors' time in which they worked, from 0 to 1. */
  readonly busy: number;
  /** Part of all processors' time that processes outside the lab took, from 0 to 1. Unknown outside a lab. */
  readonly others?: number;
}

/** Starts to watch the machine; the returned function ends that. */
export function watchMachine(): () => MachineLoad {
  const [loadBefore = 0] = loadavg();
  const before = readTicks();
  const labBefore = readLabSeconds();
  return () => {
    const [loadAfter = 0] = loadavg();
    const after = readTicks();
    const labAfter = readLabSeconds();
    const total = after.total - before.total;
    const busy = (after.busy - before.busy) / total;
    const processors = cpus();
    return {
      processors: processors.length,
      model: processors[0]?.model ?? "",
      load: [loadBefore, loadAfter],
      busy,
      ...(labBefore !== undefined &&
        labAfter !== undefined && {
          others: Math.max(0, busy - ((labAfter - labBefore) * TICKS_PER_SECOND) / total),
        }),
    };
  };
}

/** The load in a sentence. */
export function describeMachine({ processors, model, load, busy, others }: MachineLoad): string {
  const percent = (part: number) => `${(part * 100).toFixed(0)} %`;
  return (
    `${processors} processors (${model}), ${percent(busy)} busy; load average ${load[0].toFixed(1)} at the start, ` +
    `${load[1].toFixed(1)} at the end` +
    (others === undefined ? "." : `; processes outside the lab took ${percent(others)}.`)
  );
}

/** Unit of the times in /proc. */
export const TICKS_PER_SECOND = 100;

function readTicks(): { busy: number; total: number } {
  return parseTicks(readFileSync("/proc/stat", "utf8"));
}

/** Parses the first line of /proc/stat. */
export function parseTicks(stat: string): { busy: number; total: number } {
  const [line = ""] = stat.split("\n");
  const ticks = line.split(/\s+/).slice(1).map(Number);
  // Guests' time, the last two, is in the time of the user too.
  const total = ticks.slice(0, 8).reduce((sum, each) => sum + each, 0);
  const [, , , idle = 0, waiting = 0] = ticks;
  return { busy: total - idle - waiting, total };
}

/** Processor seconds of everything in this control group, which is the lab's. */
function readLabSeconds(): number | undefined {
  if (process.env[LAB_VARIABLE] === undefined) return undefined;
  try {
    return Number(readFileSync("/sys/fs/cgroup/cpuacct/cpuacct.usage", "utf8")) / 1e9;
  } catch {
    try {
      const stat = readFileSync("/sys/fs/cgroup/cpu.stat", "utf8");
      return Number(/^usage_usec (\d+)/m.exec(stat)?.[1]) / 1e6;
    } catch {
      return undefined;
    }
  }
}

import { readFileSync, readlinkSync } from "node:fs";

import { listChildPids } from "./process/linux-namespaces";
import { listRunFolders } from "./prepare/user-folders";
import { preparedLabFile } from "./prepared-lab";

/** A lab that is up. */
export interface RunningLab {
  /** The folder of its logs and settings. */
  readonly runFolder: string;
  /** The first process of its namespaces. */
  readonly init: number;
}

/** The labs that are up, the newest last. */
export function findRunningLabs(env: NodeJS.ProcessEnv = process.env): RunningLab[] {
  return listRunFolders(env).flatMap(({ run, pid }) => {
    const init = listChildPids(pid)
      .flatMap(listChildPids)
      .find((child) => isInit(child, run));
    return init === undefined ? [] : [{ runFolder: run, init }];
  });
}

/** The number of a process that is gone is given to others: this one must be in namespaces of its own, and be told of the run. */
function isInit(pid: number, run: string): boolean {
  try {
    const told = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return told.includes(preparedLabFile(run)) && namespaceOf(pid) !== namespaceOf("self");
  } catch {
    return false; // It has ended, or is another user's.
  }
}

const namespaceOf = (pid: number | "self") => readlinkSync(`/proc/${pid}/ns/pid`);

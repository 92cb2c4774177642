import { readFileSync, readlinkSync } from "node:fs";

import { preparedLabFile } from "./prepared-lab";
import { listRunFolders } from "./prepare/user-folders";
import { listDescendantPids } from "./process/linux-namespaces";

/** A running lab. */
interface RunningLab {
  /** The folder of its logs and of prepared-lab.json. */
  readonly runFolder: string;
  /** Process ID of the first process in its namespaces. */
  readonly initPid: number;
}

/** Finds the running labs of this user, the newest last. */
export function findRunningLabs(env: NodeJS.ProcessEnv = process.env): RunningLab[] {
  return listRunFolders(env).flatMap(({ runFolder, launcherPid }) => {
    const initPid = listDescendantPids(launcherPid).find((pid) => isLabInit(pid, runFolder));
    return initPid === undefined ? [] : [{ runFolder, initPid }];
  });
}

/**
 * Linux reuses process IDs, so the ID in the name of a run folder may now belong to another process. The first process
 * of a lab has the run's file on its command line and a PID namespace of its own.
 */
function isLabInit(pid: number, runFolder: string): boolean {
  try {
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return (
      commandLine.includes(preparedLabFile(runFolder)) &&
      readPidNamespace(pid) !== readPidNamespace("self")
    );
  } catch {
    return false; // The process has ended, or belongs to another user.
  }
}

const readPidNamespace = (pid: number | "self") => readlinkSync(`/proc/${pid}/ns/pid`);

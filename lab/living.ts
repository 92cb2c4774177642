import { readFileSync, readlinkSync } from "node:fs";

import { childrenOf } from "./containment";
import { runFolders } from "./prepare/folders";
import { settingsFile } from "./settings";

/** A lab that is up. */
export interface LivingLab {
  /** The folder of its logs and settings. */
  readonly run: string;
  /** The first process of its namespaces. */
  readonly init: number;
}

/** The labs that are up, the newest last. */
export function livingLabs(env: NodeJS.ProcessEnv = process.env): LivingLab[] {
  return runFolders(env).flatMap(({ run, pid }) => {
    const init = childrenOf(pid)
      .flatMap(childrenOf)
      .find((child) => isInit(child, run));
    return init === undefined ? [] : [{ run, init }];
  });
}

/** The number of a process that is gone is given to others: this one must be in namespaces of its own, and be told of the run. */
function isInit(pid: number, run: string): boolean {
  try {
    const told = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return told.includes(settingsFile(run)) && namespaceOf(pid) !== namespaceOf("self");
  } catch {
    return false; // It has ended, or is another user's.
  }
}

const namespaceOf = (pid: number | "self") => readlinkSync(`/proc/${pid}/ns/pid`);

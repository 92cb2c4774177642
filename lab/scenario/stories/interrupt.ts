import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

import type * as auto from "@pulumi/pulumi/automation";

import { type Kubectl, requireOutput } from "../../../checks/toolkit/kubectl";
import { listChildPids } from "../../process/linux-namespaces";
import { type OperationContext, runOperation } from "../../program/run-operation";

interface Interruption {
  /** SIGINT is Ctrl-C. */
  readonly signal: "SIGINT" | "SIGKILL";
  readonly afterMs: number;
}

/** Starts an operation and interrupts its engine. Returns the number of engines: 0 when the operation ended before. */
export async function interrupt(
  stack: auto.Stack,
  operation: "up" | "destroy",
  context: OperationContext,
  { signal, afterMs }: Interruption,
): Promise<number> {
  // The program runs in this process. When its engine is gone, its pending calls fail with nobody to handle them.
  const ignore = () => undefined;
  process.on("unhandledRejection", ignore);
  try {
    const ended = runOperation(stack, operation, context).catch(() => undefined);
    await Promise.race([delay(afterMs), ended]);
    const engines = listChildPids(process.pid).filter((pid) =>
      new RegExp(`bin/pulumi\0.*${operation}\0`, "s").test(
        readFileSync(`/proc/${pid}/cmdline`, "utf8"),
      ),
    );
    for (const pid of engines) process.kill(pid, signal);
    await ended;
    return engines.length;
  } finally {
    process.off("unhandledRejection", ignore);
  }
}

/**
 * Completes an interrupted operation as docs/teardown.md says: unlocks the stack, resolves its pending operations, and runs
 * the operation again. If Helm refuses to change a release, deletes its record of the interrupted change.
 *
 * @returns whether Helm had to be repaired, as a number
 */
export async function complete(
  stack: auto.Stack,
  operation: "up" | "destroy",
  context: OperationContext,
  kubectl: Kubectl,
): Promise<number> {
  await stack.cancel();
  await runOperation(stack, "refresh", context);
  try {
    await runOperation(stack, operation, context);
    return 0;
  } catch {
    const interrupted = ["-A", "-l", "owner=helm,status notin (deployed, superseded)"];
    await requireOutput(kubectl, ["delete", "secrets", ...interrupted]);
    await runOperation(stack, "refresh", context);
    await runOperation(stack, operation, context);
    return 1;
  }
}

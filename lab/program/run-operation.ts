import { join } from "node:path";

import type * as auto from "@pulumi/pulumi/automation";

import type { Step, Steps } from "../process/steps";
import { EngineLog } from "./engine-log";

/** How the engine's operations are watched. */
export interface OperationContext {
  readonly steps: Steps;
  /** Folder for what the engine prints. */
  readonly logs: string;
  /** Whether people see it too. */
  readonly verbose: boolean;
  readonly signal: AbortSignal;
}

type Operation = "up" | "preview" | "refresh" | "destroy";

/** Changes by kind that an operation made or planned, without what stays the same. */
export type Changes = Readonly<Partial<Record<string, number>>>;

/** Runs one operation on a stack as a step of the lab, which says what the engine is busy with. */
export async function runOperation(
  stack: auto.Stack,
  operation: Operation,
  watch: OperationContext,
): Promise<Changes> {
  const { steps } = watch;
  return steps.run(`pulumi ${operation} ${stack.name}`, async (step) => {
    const log = new EngineLog(join(watch.logs, `pulumi-${stack.name}-${operation}.log`));
    const signal = AbortSignal.any([watch.signal, log.failed]);
    const onOutput = (text: string) => {
      // The engine's own display, in which secrets are [secret]; its debug events hold keys and are never asked for.
      log.write(text);
      if (watch.verbose) steps.print(text.trimEnd());
    };
    const onEvent = busyWith(step);
    try {
      const common = { onOutput, onEvent, signal, color: "never" as const };
      switch (operation) {
        case "up":
          return changed((await stack.up(common)).summary.resourceChanges);
        case "preview":
          return changed((await stack.preview(common)).changeSummary);
        case "refresh":
          return changed((await stack.refresh(common)).summary.resourceChanges);
        case "destroy":
          return changed((await stack.destroy(common)).summary.resourceChanges);
      }
    } catch (error) {
      throw new Error(
        `pulumi ${operation} of the stack ${stack.name} failed:\n${reason(error)}\nWhat the engine printed: pulumi-${stack.name}-${operation}.log`,
      );
    } finally {
      // Its reason comes before the engine's, which was ended for it.
      await log.close();
    }
  });
}

/** Follows which resources are under way, and what the provider says that they wait for. */
function busyWith(step: Step) {
  const busy = new Map<string, string>();
  const show = () => {
    const [last, ...others] = [...busy.values()].reverse();
    if (last !== undefined)
      step.reportWait(others.length > 0 ? `${last} and ${others.length} more` : last);
  };
  return (event: auto.EngineEvent): void => {
    const started = event.resourcePreEvent?.metadata;
    const ended = event.resOutputsEvent?.metadata ?? event.resOpFailedEvent?.metadata;
    const said = event.diagnosticEvent;
    if (started) busy.set(started.urn, nameOf(started.urn));
    if (ended) busy.delete(ended.urn);
    if (
      said?.ephemeral &&
      said.severity.startsWith("info") &&
      said.urn !== undefined &&
      busy.has(said.urn)
    ) {
      busy.set(said.urn, `${nameOf(said.urn)}: ${plain(said.message)}`);
    }
    show();
  };
}

const nameOf = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);

/** Messages carry the engine's colour marks. */
const plain = (message: string) => message.replace(/<\{%[^%]*%\}>/g, "").trim();

function changed(changes: Partial<Record<string, number>> = {}): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([kind]) => kind !== "same"));
}

/** The diagnostics out of what a failed engine printed; the rest is in the log. */
function reason(error: unknown): string {
  const text = String(error instanceof Error ? error.message : error);
  const from = text.indexOf("Diagnostics:");
  const until = text.indexOf("Resources:", from);
  return (from < 0 ? text : text.slice(from, until < 0 ? undefined : until)).trim().slice(0, 4000);
}

import { join } from "node:path";

import type * as auto from "@pulumi/pulumi/automation";

import { EXISTING_ISTIO } from "../../stacks/names";
import type { Step, Steps } from "../process/steps";
import { EngineLog } from "./engine-log";

/** What all engine operations share. */
export interface OperationContext {
  readonly steps: Steps;
  /** Folder for the engine's output. */
  readonly logFolder: string;
  /** Prints the engine's output to the terminal too. */
  readonly verbose: boolean;
  readonly signal: AbortSignal;
}

type Operation = "up" | "preview" | "refresh" | "destroy";

/** Number of changes that an operation made or planned, by kind; without "same", and without what a program only reads. */
type Changes = Readonly<Partial<Record<string, number>>>;

/**
 * Runs one operation on a stack as a step of the lab, which shows the resources that the engine works on. `options` are
 * further flags of `pulumi up`.
 */
export async function runOperation(
  stack: auto.Stack,
  operation: Operation,
  context: OperationContext,
  options: Pick<auto.UpOptions, "replace"> = {},
): Promise<Changes> {
  const { steps, logFolder, verbose } = context;
  return steps.run(`pulumi ${operation} ${stack.name}`, async (step) => {
    const log = new EngineLog(join(logFolder, `pulumi-${stack.name}-${operation}.log`));
    const signal = AbortSignal.any([context.signal, log.failed]);
    const onOutput = (text: string) => {
      // The engine's display shows secrets as [secret]. Its debug events hold keys, so the lab never requests them.
      log.write(text);
      if (verbose) steps.print(text.trimEnd());
    };
    const onEvent = showBusyResources(step);
    try {
      const common = { onOutput, onEvent, signal, color: "never" as const };
      switch (operation) {
        case "up":
          return countChanges((await stack.up({ ...common, ...options })).summary.resourceChanges);
        case "preview":
          return countChanges((await stack.preview(common)).changeSummary);
        case "refresh":
          return countChanges(
            (await stack.refresh({ ...common, exclude: [`**::${EXISTING_ISTIO}`] })).summary
              .resourceChanges,
          );
        case "destroy":
          return countChanges((await stack.destroy(common)).summary.resourceChanges);
      }
    } catch (error) {
      throw new Error(
        `pulumi ${operation} ${stack.name} failed:\n${extractDiagnostics(error)}\nFull output of the engine: pulumi-${stack.name}-${operation}.log`,
      );
    } finally {
      // If the log failed, it aborted the engine: its error replaces the engine's.
      await log.close();
    }
  });
}

/** Shows the resources that the engine works on, and what the provider says that they wait for. */
function showBusyResources(step: Step) {
  const busy = new Map<string, string>();
  const show = () => {
    const [last, ...others] = [...busy.values()].reverse();
    if (last !== undefined)
      step.reportWait(others.length > 0 ? `${last} and ${others.length} more` : last);
  };
  return (event: auto.EngineEvent): void => {
    const started = event.resourcePreEvent?.metadata;
    const ended = event.resOutputsEvent?.metadata ?? event.resOpFailedEvent?.metadata;
    const diagnostic = event.diagnosticEvent;
    if (started) busy.set(started.urn, nameOf(started.urn));
    if (ended) busy.delete(ended.urn);
    if (
      diagnostic?.ephemeral &&
      diagnostic.severity.startsWith("info") &&
      diagnostic.urn !== undefined &&
      busy.has(diagnostic.urn)
    ) {
      busy.set(diagnostic.urn, `${nameOf(diagnostic.urn)}: ${removeColours(diagnostic.message)}`);
    }
    show();
  };
}

const nameOf = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);

/** Removes the engine's colour marks. */
const removeColours = (message: string) => message.replace(/<\{%[^%]*%\}>/g, "").trim();

function countChanges(changes: Partial<Record<string, number>> = {}): Changes {
  return Object.fromEntries(
    Object.entries(changes).filter(([kind]) => kind !== "same" && kind !== "read"),
  );
}

/** Extracts the diagnostics from the output of a failed operation; the rest is in the log. */
function extractDiagnostics(error: unknown): string {
  const text = String(error instanceof Error ? error.message : error);
  const start = text.indexOf("Diagnostics:");
  const end = text.indexOf("Resources:", start);
  return (start < 0 ? text : text.slice(start, end < 0 ? undefined : end)).trim().slice(0, 4000);
}

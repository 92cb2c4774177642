import { runOperation } from "../../lab/program/run-operation";
import type { Stacks } from "../../lab/scenario/stacks";
import { readOwnProcessorMs } from "../processes";
import { spreadOf } from "../statistics";
import { timeSeconds } from "../stopwatch";
import { atBothEnds, type BothEnds } from "./both-ends";

/** What an operation takes. */
export interface OperationTime {
  readonly seconds: number;
  /** Processor time of the program, the engine and its plugins, in seconds. */
  readonly processorSeconds: number;
}

/** Runs an operation on each stack. */
export function timeStacks(
  { context, ...stacks }: Stacks,
  operation: "up" | "preview",
): Promise<BothEnds<OperationTime>> {
  return atBothEnds(async (end) => {
    const before = readOwnProcessorMs();
    const seconds = await timeSeconds(() => runOperation(stacks[end], operation, context));
    return { seconds, processorSeconds: (readOwnProcessorMs() - before) / 1000 };
  });
}

/** Runs work during which the engine saves the state of both stacks once per operation, not after each step. */
export async function withoutCheckpoints<T>(
  { server, client }: Stacks,
  work: () => Promise<T>,
): Promise<T> {
  const environments = [server, client].map(({ workspace }) => workspace.envVars);
  for (const environment of environments) environment["PULUMI_SKIP_CHECKPOINTS"] = "true";
  try {
    return await work();
  } finally {
    for (const environment of environments) delete environment["PULUMI_SKIP_CHECKPOINTS"];
  }
}

/** The medians of several runs. */
export async function medianOfStacks(
  stacks: Stacks,
  operation: "up" | "preview",
  repeats: number,
): Promise<BothEnds<OperationTime>> {
  const runs: BothEnds<OperationTime>[] = [];
  while (runs.length < repeats) runs.push(await timeStacks(stacks, operation));
  return {
    server: medianOf(runs.map(({ server }) => server)),
    client: medianOf(runs.map(({ client }) => client)),
  };
}

/** The median of each figure. */
export function medianOf(times: readonly OperationTime[]): OperationTime {
  return {
    seconds: spreadOf(times.map(({ seconds }) => seconds)).median,
    processorSeconds: spreadOf(times.map(({ processorSeconds }) => processorSeconds)).median,
  };
}

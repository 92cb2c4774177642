import type { Stage } from "../story";

const TRIALS = 10;

/** What goes wrong, and what an operator does about it. */
export interface Fault {
  readonly name: string;
  readonly inject: (stage: Stage) => Promise<unknown>;
  readonly repair: (stage: Stage) => Promise<unknown>;
}

/** Causes each fault again and again. Each trial is a phase of the load. */
export async function tryFaults(stage: Stage, faults: readonly Fault[]): Promise<void> {
  const { load, stacks } = stage;
  for (const { name, inject, repair } of faults) {
    for (let trial = 1; trial <= TRIALS; trial += 1) {
      await stacks.context.steps.run(`${name}, trial ${trial} of ${TRIALS}`, async () => {
        load.begin(name);
        await inject(stage);
        await repair(stage);
        await load.untilSteady();
      });
    }
  }
}

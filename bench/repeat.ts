import type { Steps } from "../lab/process/steps";

/** Something to measure, beside others. */
export interface Variant<Sample> {
  readonly name: string;
  readonly measure: () => Promise<Sample>;
}

/**
 * Measures all variants in turns, so that what else the machine does affects all of them alike. Each repeat starts with another
 * variant. Returns the samples of each variant, in the order of the repeats.
 */
export async function interleave<Sample>(
  variants: readonly Variant<Sample>[],
  repeats: number,
  report: (progress: string) => void = () => undefined,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const samples = new Map<string, Sample[]>(variants.map(({ name }) => [name, []]));
  for (let repeat = 0; repeat < repeats; repeat++) {
    const first = repeat % variants.length;
    for (const { name, measure } of [...variants.slice(first), ...variants.slice(0, first)]) {
      report(`${name}, repeat ${repeat + 1} of ${repeats}`);
      samples.get(name)?.push(await measure());
    }
  }
  return samples;
}

/** The same as one step, which shows what is measured. */
export function measureInTurns<Sample>(
  step: string,
  variants: readonly Variant<Sample>[],
  repeats: number,
  steps: Steps,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  return steps.run(step, (running) =>
    interleave(variants, repeats, (progress) => {
      running.reportWait(progress);
    }),
  );
}

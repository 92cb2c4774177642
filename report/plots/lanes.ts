import type { Timing } from "../../lab/process/steps";

/** Puts steps that run at the same time into different lanes, in the order in which they start. */
export function assignLanes(
  steps: readonly Timing[],
): readonly (Timing & { readonly lane: number })[] {
  const ends: number[] = [];
  return [...steps]
    .sort((a, b) => a.startMs - b.startMs || b.ms - a.ms)
    .map((step) => {
      const free = ends.findIndex((end) => end <= step.startMs);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = step.startMs + step.ms;
      return { ...step, lane };
    });
}

import type { Result as CheckResult } from "../../checks/check";
import type { Comparison } from "../levers/compare";
import type { Result } from "../result";
import { formatSpread, ratioOf, spreadOf } from "../statistics";
import type { Recipe } from "./recipe";

const MAX_OBSERVED = 90;

export interface PeerMeasurement {
  /** Results of the program's rows. */
  readonly own: readonly CheckResult[];
  /** The same rows with the recipe. */
  readonly other: readonly CheckResult[];
  readonly samples: readonly Comparison[];
}

/** The tables of a recipe beside the program. */
export function describePeer(
  { name, source }: Recipe,
  { own, other, samples }: PeerMeasurement,
): Result {
  const ratio = (figure: "perSecond" | "totalMs") => {
    const values = (which: keyof Comparison) => samples.map((sample) => sample[which][figure]);
    return formatSpread(ratioOf(values("changed"), values("defaults")));
  };
  const perSecond = (which: keyof Comparison) =>
    formatSpread(spreadOf(samples.map((sample) => sample[which].perSecond)));
  const lost = other.filter(
    ({ slug, pass, skipped }) =>
      !pass && !skipped && own.some((each) => each.slug === slug && each.pass),
  );
  return {
    tables: [
      {
        title: "The program and another recipe, 32 connections",
        columns: ["", "rows that hold", "requests/s", "× program", "processor time × program"],
        rows: [
          ["the program", countHeld(own), perSecond("defaults"), "1", "1"],
          [name, countHeld(other), perSecond("changed"), ratio("perSecond"), ratio("totalMs")],
        ],
        note: `The recipe: ${source}. Istio, gateways, certificates and the mesh's settings are the program's in both. Median (smallest–largest) of the repeats.`,
      },
      {
        title: `Rows that hold with the program and not with ${name}`,
        columns: ["row", "expected", "observed"],
        rows: lost.map(({ slug, expected, observed }) => [
          `\`${slug}\``,
          expected,
          shorten(observed),
        ]),
      },
    ],
    plots: [],
    samples: { own, other, samples },
  };
}

/** Some rows observe the start of an answer's body. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > MAX_OBSERVED ? `${line.slice(0, MAX_OBSERVED)}…` : line;
}

/** Rows that hold, of those that could run. */
function countHeld(results: readonly CheckResult[]): string {
  const ran = results.filter(({ skipped }) => !skipped);
  return `${ran.filter(({ pass }) => pass).length} of ${ran.length}`;
}

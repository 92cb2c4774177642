import { openRunningLab } from "../in-lab";
import type { Options } from "../options";
import { measureInTurns } from "../repeat";
import type { Result } from "../result";
import { formatNumber, formatSpread, ratioOf, spreadOf } from "../statistics";
import { compare, type Comparison } from "./compare";
import { LEVERS } from "./levers";

/** Measures each lever between two measurements of the program's defaults. */
export async function run({ repeats, seconds }: Options): Promise<Result> {
  const running = await openRunningLab();
  const variants = LEVERS.map((lever) => ({
    name: lever.name,
    measure: () => compare(running, lever, seconds),
  }));
  return describeLevers(await measureInTurns("levers", variants, repeats, running.steps));
}

/** The table and the plot of the levers. */
export function describeLevers(samples: ReadonlyMap<string, readonly Comparison[]>): Result {
  const ratio = (own: readonly Comparison[], figure: "perSecond" | "totalMs" | "p99Ms") =>
    ratioOf(
      own.map(({ changed }) => changed[figure]),
      own.map(({ defaults }) => defaults[figure]),
    );
  const names = [...samples.keys()];
  return {
    tables: [
      {
        title: "What a change of each setting does, 32 connections",
        columns: ["", "requests/s", "× defaults", "processor time × defaults", "p99 × defaults"],
        rows: [...samples].map(([name, own]) => [
          name,
          formatSpread(spreadOf(own.map(({ changed }) => changed.perSecond))),
          formatSpread(ratio(own, "perSecond")),
          formatSpread(ratio(own, "totalMs")),
          formatNumber(ratio(own, "p99Ms").median),
        ]),
        note: "Median (smallest–largest) of the repeats. Processor time is that of all four proxies, per request.",
      },
    ],
    plots: [
      {
        name: "levers",
        title: "Ratio to the program's defaults",
        kind: "bar",
        unit: "×",
        categories: names,
        series: (["perSecond", "totalMs"] as const).map((figure) => ({
          name: figure === "perSecond" ? "requests/s" : "processor time per request",
          values: names.map((name) => ratio(samples.get(name) ?? [], figure).median),
        })),
      },
    ],
    samples: Object.fromEntries(samples),
  };
}

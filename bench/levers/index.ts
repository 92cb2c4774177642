import { openRunningLab } from "../in-lab";
import type { Options } from "../options";
import { measureWay, type PathSample } from "../path/measure";
import { findDeployedProxies } from "../path/proxies";
import { deployedWay } from "../path/ways";
import { interleave } from "../repeat";
import type { Result } from "../result";
import { formatNumber, formatSpread, ratioOf, spreadOf } from "../statistics";
import { LEVERS } from "./levers";
import { changeAndSettle } from "./settle";

const LOAD = { connections: 32 };

/** The path with the program's defaults, and right afterwards with one setting changed. */
export interface LeverSample {
  readonly defaults: PathSample;
  readonly changed: PathSample;
}

/** Measures each lever right after the program's defaults. */
export async function run({ repeats, seconds }: Options): Promise<Result> {
  const running = await openRunningLab();
  const { meshes, steps } = running;
  const way = await deployedWay(running);
  const pids = await findDeployedProxies(meshes);
  const measure = (duration: number) => measureWay(running, way, "/headers", LOAD, duration);
  const variants = LEVERS.map(({ name, change, undo }) => ({
    name,
    measure: async () => {
      // New connections and new listeners are slow at first.
      await measure(1);
      const defaults = await measure(seconds);
      try {
        await changeAndSettle(pids, () => change(meshes));
        await measure(1);
        return { defaults, changed: await measure(seconds) };
      } finally {
        await changeAndSettle(pids, () => undo(meshes));
      }
    },
  }));
  const samples = await steps.run("levers", (step) =>
    interleave(variants, repeats, (progress) => {
      step.reportWait(progress);
    }),
  );
  return describeLevers(samples);
}

/** The table and the plot of the levers. */
export function describeLevers(samples: ReadonlyMap<string, readonly LeverSample[]>): Result {
  const ratio = (own: readonly LeverSample[], figure: "perSecond" | "totalMs" | "p99Ms") =>
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

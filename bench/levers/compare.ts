import type { RunningLab } from "../in-lab";
import { measureWay, type PathSample } from "../path/measure";
import { reconnect } from "../path/reconnect";
import { type DeployedWay, deployedWay, SMALL_ANSWER } from "../path/ways";
import type { Lever } from "./levers";
import { changeAndSettle } from "./settle";

const LOAD = { connections: 32 };

/** The figures that are compared. */
export type Figures = Pick<PathSample, "perSecond" | "totalMs" | "p99Ms">;

/** The path with the program's defaults, and with a change. */
export interface Comparison {
  /** Means of a measurement before the change and one after it. What comes first is slower, because the proxies are new or changed. */
  readonly defaults: Figures;
  readonly changed: PathSample;
}

/** Measures the path with the program's defaults, with a change, and again when the change is undone. `inspect` is called while it is in place. */
export async function compare(
  running: RunningLab,
  { restartsPods = false, change, undo }: Omit<Lever, "name">,
  seconds: number,
  inspect: () => Promise<void> = () => Promise.resolve(),
): Promise<Comparison> {
  const { meshes } = running;
  const measure = async (way: DeployedWay) => {
    await reconnect(running, way);
    // New connections and new listeners are slow at first.
    await measureWay(running, way, SMALL_ANSWER, LOAD, 1);
    return measureWay(running, way, SMALL_ANSWER, LOAD, seconds);
  };
  const way = await deployedWay(running);
  const settle = (step: () => Promise<void>) =>
    restartsPods ? step() : changeAndSettle(way.pids, step);
  const current = () => (restartsPods ? deployedWay(running) : Promise.resolve(way));
  const before = await measure(way);
  let changed: PathSample;
  try {
    await settle(() => change(meshes));
    changed = await measure(await current());
    await inspect();
  } finally {
    await settle(() => undo(meshes));
  }
  return { defaults: meanOf(before, await measure(await current())), changed };
}

function meanOf(before: Figures, after: Figures): Figures {
  const mean = (figure: keyof Figures) => (before[figure] + after[figure]) / 2;
  return { perSecond: mean("perSecond"), totalMs: mean("totalMs"), p99Ms: mean("p99Ms") };
}

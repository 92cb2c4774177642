import type { RunningLab } from "../in-lab";
import { measureWay, type PathSample } from "../path/measure";
import { type DeployedWay, deployedWay } from "../path/ways";
import type { Lever } from "./levers";
import { changeAndSettle } from "./settle";

const LOAD = { connections: 32 };

/** The path with the program's defaults, and right afterwards with a change. */
export interface Comparison {
  readonly defaults: PathSample;
  readonly changed: PathSample;
}

/** Measures the path with the program's defaults and with a change, which it undoes. `inspect` is called while it is in place. */
export async function compare(
  running: RunningLab,
  { restartsPods = false, change, undo }: Omit<Lever, "name">,
  seconds: number,
  inspect: () => Promise<void> = () => Promise.resolve(),
): Promise<Comparison> {
  const { meshes } = running;
  const measure = async (way: DeployedWay) => {
    // New connections and new listeners are slow at first.
    await measureWay(running, way, "/headers", LOAD, 1);
    return measureWay(running, way, "/headers", LOAD, seconds);
  };
  const way = await deployedWay(running);
  const settle = (step: () => Promise<void>) =>
    restartsPods ? step() : changeAndSettle(way.pids, step);
  const defaults = await measure(way);
  try {
    await settle(() => change(meshes));
    const changed = await measure(restartsPods ? await deployedWay(running) : way);
    await inspect();
    return { defaults, changed };
  } finally {
    await settle(() => undo(meshes));
  }
}

import type { RunningLab } from "../in-lab";
import { measureWay, type PathSample } from "../path/measure";
import type { DeployedWay } from "../path/ways";
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
  way: DeployedWay,
  { change, undo }: Pick<Lever, "change" | "undo">,
  seconds: number,
  inspect: () => Promise<void> = () => Promise.resolve(),
): Promise<Comparison> {
  const { meshes } = running;
  const measure = (duration: number) => measureWay(running, way, "/headers", LOAD, duration);
  // New connections and new listeners are slow at first.
  await measure(1);
  const defaults = await measure(seconds);
  try {
    await changeAndSettle(way.pids, () => change(meshes));
    await measure(1);
    const changed = await measure(seconds);
    await inspect();
    return { defaults, changed };
  } finally {
    await changeAndSettle(way.pids, () => undo(meshes));
  }
}

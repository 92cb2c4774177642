import { spreadOf } from "../statistics";
import { openRunningLab, type RunningLab } from "../in-lab";
import type { Attack } from "../load/vegeta";
import type { Options } from "../options";
import { measureInTurns } from "../repeat";
import type { Result } from "../result";
import { allowLargeBodies } from "./large-bodies";
import { measureWay, type Way } from "./measure";
import { reconnect } from "./reconnect";
import { startStaticChain } from "./static-chain";
import { describePath, type PathMeasurement } from "./tables";
import { DEPLOYED, deployedWay, otherWays, SMALL_ANSWER } from "./ways";

const CONNECTIONS = [8, 32, 128];
/** Number of connections whose saturation is the reference of the constant rates. */
const REFERENCE = 32;
const RATES = [0.5, 0.8];
const BODY_CONNECTIONS = 8;
const BODIES = { "1 KiB": 2 ** 10, "100 KiB": 100 * 2 ** 10, "10 MiB": 10 * 2 ** 20 };

/** Measures the deployed path, the static chain and the service without proxies, in turns. */
export async function run({ repeats, seconds }: Options): Promise<Result> {
  const running = await openRunningLab();
  const undo = await allowLargeBodies(running);
  const chain = await startStaticChain(running);
  try {
    const ways = [await deployedWay(running), ...otherWays(chain)];
    const measure = (title: string, path: string, load: Attack["load"]) =>
      measureWays(running, ways, { title, path, load, repeats, seconds });
    const saturation: PathMeasurement[] = [];
    for (const connections of CONNECTIONS) {
      const title = `${connections} connections`;
      saturation.push(await measure(title, SMALL_ANSWER, { connections }));
    }
    const reference = saturation[CONNECTIONS.indexOf(REFERENCE)]?.samples.get(DEPLOYED) ?? [];
    const limit = spreadOf(reference.map(({ perSecond }) => perSecond)).median;
    const rates: PathMeasurement[] = [];
    for (const part of RATES) {
      const rate = limit * part;
      const title = `${part * 100} %: ${Math.round(rate)} requests/s`;
      rates.push(await measure(title, SMALL_ANSWER, { rate }));
    }
    const bodies: PathMeasurement[] = [];
    for (const [name, bytes] of Object.entries(BODIES)) {
      bodies.push(await measure(name, `/range/${bytes}`, { connections: BODY_CONNECTIONS }));
    }
    return describePath({ saturation, rates, bodies });
  } finally {
    await chain.stop();
    await undo();
  }
}

interface Plan {
  readonly title: string;
  readonly path: string;
  readonly load: Attack["load"];
  readonly repeats: number;
  readonly seconds: number;
}

async function measureWays(
  running: RunningLab,
  ways: readonly Way[],
  { title, path, load, repeats, seconds }: Plan,
): Promise<PathMeasurement> {
  const variants = ways.map((way) => ({
    name: way.name,
    measure: async () => {
      await reconnect(running, way);
      return measureWay(running, way, path, load, seconds);
    },
  }));
  return { title, samples: await measureInTurns(title, variants, repeats, running.steps) };
}

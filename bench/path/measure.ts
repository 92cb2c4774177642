import { type Attack, attack, type Outcome } from "../load/vegeta";
import type { RunningLab } from "../in-lab";
import { PROXIES, type ProxyName, type ProxyPids, readProxyMs } from "./proxies";

/** One measurement of a way to the service. */
export interface PathSample extends Outcome {
  /** Processor milliseconds per request, by proxy. */
  readonly proxyMs: Readonly<Partial<Record<ProxyName, number>>>;
  /** The same for all proxies. */
  readonly totalMs: number;
}

/** A way to the service: through proxies, or without them. */
export interface Way {
  readonly name: string;
  readonly origin: string;
  readonly connectTo?: string;
  readonly netns: string;
  readonly pids?: ProxyPids;
  /** TCP ports on which the proxies and the application's pod accept requests. */
  readonly proxyPorts?: readonly number[];
}

/** Sends requests on a way. Processor times include what the kernel does for a proxy. */
export async function measureWay(
  { vegeta, folder }: RunningLab,
  { origin, connectTo, netns, pids }: Way,
  path: string,
  load: Attack["load"],
  seconds: number,
): Promise<PathSample> {
  const before = pids && readProxyMs(pids);
  const outcome = await attack(vegeta, folder, {
    url: `${origin}${path}`,
    ...(connectTo !== undefined && { connectTo }),
    seconds,
    load,
    netns,
  });
  const after = pids && readProxyMs(pids);
  const proxyMs = Object.fromEntries(
    PROXIES.flatMap((name) =>
      before && after ? [[name, (after[name] - before[name]) / outcome.requests] as const] : [],
    ),
  );
  return {
    ...outcome,
    proxyMs,
    totalMs: Object.values(proxyMs).reduce((sum, ms) => sum + ms, 0),
  };
}

import { setTimeout as delay } from "node:timers/promises";

import { type Kubectl, requireOutput } from "../../checks/toolkit/kubectl";
import { until } from "../../lab/process/until";
import { timeSeconds } from "../stopwatch";
import { countOf, haveAcknowledged, readCounters, readStatus } from "./istiod";
import { NAMESPACE } from "./settings";

/** A mesh whose istiod is measured. */
export interface MeasuredMesh {
  readonly kubectl: Kubectl;
  /** Process ID of its istiod. */
  readonly istiod: number;
}

const PROBE = "bench-probe";
const OBJECT = ["serviceentries.networking.istio.io", PROBE, "-n", NAMESPACE];
const QUIET_MS = 1000;
const POLL_MS = 20;

/** Waits until istiod has nothing more to send, and the proxies have acknowledged everything. */
export async function settle({ istiod }: MeasuredMesh): Promise<void> {
  await until("the proxies to acknowledge their configuration", async () => {
    const before = countOf((await readCounters(istiod)).push);
    await delay(QUIET_MS);
    const after = countOf((await readCounters(istiod)).push);
    return (before === after && haveAcknowledged(await readStatus(istiod))) || undefined;
  });
}

/**
 * Makes a change that concerns every proxy of the mesh, as a further host does, several times. Returns the seconds of each
 * from the end of `kubectl patch` until all proxies have acknowledged it.
 */
export async function timeChanges(mesh: MeasuredMesh, changes: number): Promise<readonly number[]> {
  const { kubectl, istiod } = mesh;
  await requireOutput(kubectl, ["apply", "-f", "-"], { stdin: JSON.stringify(probeOf(0)) });
  await settle(mesh);
  const seconds: number[] = [];
  for (let change = 1; change <= changes; change++) {
    const proxies = (await readStatus(istiod)).length;
    const before = countOf((await readCounters(istiod)).push);
    const patch = JSON.stringify({ spec: { hosts: probeOf(change).spec.hosts } });
    await requireOutput(kubectl, ["patch", ...OBJECT, "--type", "merge", "-p", patch]);
    const acknowledge = async () => {
      // In this order: before the push, the proxies have acknowledged what came before.
      await waitFor(async () => countOf((await readCounters(istiod)).push) >= before + proxies);
      await waitFor(async () => haveAcknowledged(await readStatus(istiod)));
    };
    seconds.push(await timeSeconds(acknowledge));
  }
  await requireOutput(kubectl, ["delete", ...OBJECT]);
  await settle(mesh);
  return seconds;
}

function waitFor(condition: () => Promise<boolean>): Promise<true> {
  return until(
    "all proxies to acknowledge a change",
    async () => (await condition()) || undefined,
    {
      everyMs: POLL_MS,
    },
  );
}

function probeOf(change: number) {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "ServiceEntry",
    metadata: { name: PROBE, namespace: NAMESPACE },
    spec: {
      hosts: [`probe-${change}.example.net`],
      location: "MESH_EXTERNAL",
      resolution: "NONE",
      ports: [{ number: 80, name: "http", protocol: "HTTP" }],
    },
  };
}

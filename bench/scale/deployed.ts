import { requireOutput } from "../../checks/toolkit/kubectl";
import { LAB_SERVICES, labClients } from "../../lab/program/lab-clients";
import { setConfig } from "../../lab/program/stack";
import { bringUp, type Stacks } from "../../lab/scenario/stacks";
import { readConfigDump } from "../levers/settle";
import type { ProxyName, ProxyPids } from "../path/proxies";
import { readMemoryMiB } from "../processes";
import { atBothEnds, type BothEnds } from "./both-ends";
import {
  compareReadings,
  type IstiodChanges,
  type IstiodDuringUp,
  measureChanges,
  readIstiod,
} from "./istiod-sample";
import { type MeasuredLab, openMeasuredLab } from "./measured-lab";
import { requireWorking } from "./require-working";
import {
  hostOf,
  manifestOf,
  NAMESPACE,
  SERVICE_LABEL,
  settingsOf,
  smallestSettings,
} from "./settings";
import { medianOfStacks, type OperationTime, timeStacks, withoutCheckpoints } from "./stack-times";

/** Numbers of services and clients. */
export interface DeployedSize {
  readonly services: number;
  readonly clients: number;
}

/** Figures of one size. */
export interface DeployedSample extends DeployedSize {
  readonly up: BothEnds<OperationTime>;
  /** The same, with the state saved once and not after each step. */
  readonly upAtOnce: BothEnds<OperationTime>;
  readonly unchanged: BothEnds<OperationTime>;
  readonly preview: BothEnds<OperationTime>;
  readonly istiod: BothEnds<IstiodDuringUp>;
  readonly changes: BothEnds<IstiodChanges>;
  readonly proxies: Readonly<Record<ProxyName, ProxySample>>;
}

/** Figures of a proxy. A gateway has two pods with the same configuration, and this is one of them. */
export interface ProxySample {
  readonly memoryMiB: number;
  readonly configKiB: number;
}

/** kubectl sends a request for each Service. */
const SERVICES_TIMEOUT_MS = 300_000;

/**
 * Deploys all sizes in the lab, and then the lab's own configuration again. Before each size, both stacks get the smallest
 * settings, so that `up` adds everything of the size. The Services in Kubernetes stay, so the sizes must not shrink.
 */
export async function measureDeployed(
  sizes: readonly DeployedSize[],
  repeats: number,
): Promise<readonly DeployedSample[]> {
  const lab = await openMeasuredLab();
  const { stacks } = lab;
  const { kubectl } = lab.running.meshes.server;
  const options = { timeoutMs: SERVICES_TIMEOUT_MS };
  const samples: DeployedSample[] = [];
  for (const size of sizes) {
    const stdin = manifestOf(size.services);
    await requireOutput(kubectl, ["apply", "-f", "-"], { ...options, stdin });
    samples.push(await measureSize(lab, size, repeats));
  }
  await setConfig(stacks.server, { services: LAB_SERVICES, clients: labClients() });
  await bringUp(stacks);
  await requireOutput(kubectl, ["delete", "svc", "-n", NAMESPACE, "-l", SERVICE_LABEL], options);
  return samples;
}

async function measureSize(
  lab: MeasuredLab,
  { services, clients }: DeployedSize,
  repeats: number,
): Promise<DeployedSample> {
  const { stacks, meshes } = lab;
  const upAtOnce = await withoutCheckpoints(stacks, async () => {
    await shrink(stacks);
    await setConfig(stacks.server, settingsOf(services, clients));
    const time = await timeStacks(stacks, "up");
    await shrink(stacks);
    return time;
  });
  await setConfig(stacks.server, settingsOf(services, clients));
  const before = await atBothEnds((end) => readIstiod(meshes[end]));
  const up = await timeStacks(stacks, "up");
  const after = await atBothEnds((end) => readIstiod(meshes[end]));
  await requireWorking(lab, after, [hostOf(0), hostOf(services - 1)]);
  return {
    services,
    clients,
    up,
    upAtOnce,
    unchanged: await medianOfStacks(stacks, "up", repeats),
    preview: await medianOfStacks(stacks, "preview", repeats),
    istiod: {
      server: compareReadings(before.server, after.server),
      client: compareReadings(before.client, after.client),
    },
    changes: await atBothEnds((end) => measureChanges(meshes[end])),
    proxies: await measureProxies(lab.proxies),
  };
}

/** Deploys the smallest settings. */
async function shrink(stacks: Stacks): Promise<void> {
  await setConfig(stacks.server, smallestSettings());
  await bringUp(stacks);
}

async function measureProxies(pids: ProxyPids): Promise<Record<ProxyName, ProxySample>> {
  const measure = async (name: ProxyName): Promise<ProxySample> => {
    const [pid] = pids[name];
    const configKiB = (await readConfigDump(pid)).length / 1024;
    return { memoryMiB: readMemoryMiB(pid), configKiB };
  };
  return {
    "client sidecar": await measure("client sidecar"),
    "egress gateway": await measure("egress gateway"),
    "ingress gateway": await measure("ingress gateway"),
    "server sidecar": await measure("server sidecar"),
  };
}

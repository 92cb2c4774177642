import { LAB_SERVICES, labClients } from "../../lab/program/lab-clients";
import { runOperation } from "../../lab/program/run-operation";
import { setConfig } from "../../lab/program/stack";
import { bringUp, type Stacks } from "../../lab/scenario/stacks";
import { ROOT_NAMESPACE } from "../../components/istio/root-namespace";
import { openRunningLab, type RunningLab } from "../in-lab";
import { openLabStacks } from "../open-stacks";
import { readConfigDump } from "../levers/settle";
import { findInPods } from "../path/pods";
import { findDeployedProxies } from "../path/proxies";
import { readMemoryMiB, readProcessorMs } from "../processes";
import { formatNumber } from "../statistics";
import { timeSeconds } from "../stopwatch";
import type { Table } from "../table";
import { quantileBetween, readConvergence } from "./convergence";
import { settingsOf } from "./settings";

const SIZES = [
  { services: 1, clients: 1 },
  { services: 10, clients: 1 },
  { services: 50, clients: 5 },
] as const;

/** Figures of one size, by column. */
export interface DeployedSample {
  readonly services: number;
  readonly clients: number;
  readonly figures: Readonly<Record<string, number>>;
}

/** Deploys each size in the lab, once, and then the lab's own configuration again. */
export async function measureDeployed(): Promise<readonly DeployedSample[]> {
  const running = await openRunningLab();
  const stacks = await openLabStacks(running);
  const samples: DeployedSample[] = [];
  for (const { services, clients } of SIZES) {
    await setConfig(stacks.server, settingsOf(services, clients));
    samples.push({ services, clients, figures: await measureSize(running, stacks) });
  }
  await setConfig(stacks.server, { services: LAB_SERVICES, clients: labClients() });
  await bringUp(stacks);
  return samples;
}

async function measureSize(running: RunningLab, stacks: Stacks): Promise<Record<string, number>> {
  const { kubectl } = running.meshes.client;
  const [istiod] = await findInPods(
    { kubectl, namespace: ROOT_NAMESPACE, selector: "app=istiod" },
    "pilot-discovery",
  );
  const processorBefore = readProcessorMs(istiod);
  const before = await readConvergence(istiod);
  const up = await timeSeconds(() => bringUp(stacks));
  const after = await readConvergence(istiod);
  const processorMs = readProcessorMs(istiod) - processorBefore;
  const unchanged = await timeSeconds(() => bringUp(stacks));
  const preview = await timeSeconds(async () => {
    await runOperation(stacks.server, "preview", stacks.context);
    await runOperation(stacks.client, "preview", stacks.context);
  });
  const proxies = await findDeployedProxies(running.meshes);
  const [egress] = proxies["egress gateway"];
  const [sidecar] = proxies["client sidecar"];
  return {
    "up, s": up,
    "unchanged up, s": unchanged,
    "preview, s": preview,
    "client's istiod, processor s": processorMs / 1000,
    "client's istiod, MiB": readMemoryMiB(istiod),
    "until proxies have it, p50 s ≤": quantileBetween(before, after, 0.5),
    "p99 s ≤": quantileBetween(before, after, 0.99),
    "egress gateway, MiB": readMemoryMiB(egress),
    "its configuration, KiB": (await readConfigDump(egress)).length / 1024,
    "client sidecar, MiB": readMemoryMiB(sidecar),
    "its configuration, KiB ": (await readConfigDump(sidecar)).length / 1024,
  };
}

/** The table of the deployed sizes. */
export function describeDeployed(samples: readonly DeployedSample[]): Table {
  const names = Object.keys(samples[0]?.figures ?? {});
  return {
    title: "Deployed in the lab, both stacks",
    columns: [
      "",
      ...samples.map(({ services, clients }) => `${services} services, ${clients} clients`),
    ],
    rows: names.map((name) => [
      name.trim(),
      ...samples.map(({ figures }) => formatNumber(figures[name] ?? Number.NaN)),
    ]),
    note: "One measurement of each size. The first also removes what the lab had before.",
  };
}

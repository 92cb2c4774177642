import { istioConfigMap } from "../../components/istio/revision";
import { ROOT_NAMESPACE } from "../../components/istio/root-namespace";
import { HTTPBIN, TEST_POD } from "../../components/samples/names";
import type { Meshes } from "../../checks/meshes";
import { getObject, requireOutput } from "../../checks/toolkit/kubectl";
import { until } from "../../lab/process/until";
import { countPods, type PodSelection } from "../path/pods";
import { selectProxies } from "../path/proxies";
import { finishRollout } from "../path/rollout";
import type { Lever } from "./levers";

/** The ConfigMap of the lab's control planes. */
const ISTIO_CONFIG = istioConfigMap("default");

/** A gateway's old pods first end their requests. */
const ROLLOUT_SECONDS = 120;

/** Pods of the path, and the Deployment that makes them. */
interface Workload extends PodSelection {
  readonly name: string;
}

const gatewaysOf = ({ server, client }: Meshes): readonly [Workload, Workload] => [
  { kubectl: client.kubectl, ...client.egressGateway },
  { kubectl: server.kubectl, ...server.ingressGateway },
];

/** An annotation of all pods of the path. Their Deployments replace them. */
export function podAnnotation(name: string, key: string, value: string): Lever {
  return {
    ...{ name, restartsPods: true },
    change: (meshes) => annotatePods(meshes, key, value),
    undo: (meshes) => annotatePods(meshes, key, null),
  };
}

/** Another line in the settings of both meshes. Proxies read some of them only when they start. */
export function meshSetting(name: string, line: string, other: string): Lever {
  const set = async (meshes: Meshes, from: string, to: string) => {
    for (const { kubectl } of [meshes.server, meshes.client]) {
      const args = ["configmap", "-n", ROOT_NAMESPACE, ISTIO_CONFIG];
      const { data } = await getObject<{ readonly data: { readonly mesh: string } }>(kubectl, args);
      if (!data.mesh.includes(from)) throw new Error(`the settings of the mesh lack "${from}"`);
      const patch = JSON.stringify({ data: { mesh: data.mesh.replace(from, to) } });
      await requireOutput(kubectl, ["patch", ...args, "-p", patch]);
    }
    await annotatePods(meshes, "bench", to);
  };
  return {
    ...{ name, restartsPods: true },
    change: (meshes) => set(meshes, line, other),
    undo: (meshes) => set(meshes, other, line),
  };
}

/** Sets an annotation of all pods of the path, or removes it, and waits for the new pods. */
async function annotatePods(meshes: Meshes, key: string, value: string | null): Promise<void> {
  const selections = selectProxies(meshes);
  const workloads: readonly Workload[] = [
    ...gatewaysOf(meshes),
    { ...selections["client sidecar"], name: TEST_POD },
    { ...selections["server sidecar"], name: HTTPBIN },
  ];
  const metadata = { annotations: { [key]: value } };
  const patch = JSON.stringify({ spec: { template: { metadata } } });
  for (const workload of workloads) {
    await change(workload, ["patch", "deployment", workload.name, "-p", patch]);
  }
  for (const workload of workloads) {
    await finishRollout(workload, ROLLOUT_SECONDS);
  }
}

interface Bounds {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** The number of pods of each gateway. Its HorizontalPodAutoscaler sets it. */
export function podsPerGateway(name: string, count: number): Lever {
  let originals: readonly Bounds[] = [];
  const set = async (workload: Workload, { minReplicas, maxReplicas }: Bounds) => {
    const patch = JSON.stringify({ spec: { minReplicas, maxReplicas } });
    await change(workload, ["patch", "hpa", workload.name, "-p", patch]);
    await until(
      `${minReplicas} pods of ${workload.name}`,
      async () => ((await countPods(workload)) === minReplicas ? true : undefined),
      { deadlineMs: 120_000, everyMs: 1000 },
    );
    await finishRollout(workload, ROLLOUT_SECONDS);
  };
  return {
    ...{ name, restartsPods: true },
    change: async (meshes) => {
      const gateways = gatewaysOf(meshes);
      originals = await Promise.all(gateways.map(readBounds));
      for (const gateway of gateways) {
        await set(gateway, { minReplicas: count, maxReplicas: count });
      }
    },
    undo: async (meshes) => {
      for (const [index, gateway] of gatewaysOf(meshes).entries()) {
        const bounds = originals[index];
        if (bounds) await set(gateway, bounds);
      }
    },
  };
}

async function readBounds({ kubectl, namespace, name }: Workload): Promise<Bounds> {
  const args = ["hpa", "-n", namespace, name];
  return (await getObject<{ readonly spec: Bounds }>(kubectl, args)).spec;
}

async function change({ kubectl, namespace }: Workload, args: readonly string[]): Promise<void> {
  await requireOutput(kubectl, [...args, "-n", namespace], { timeoutMs: 130_000 });
}

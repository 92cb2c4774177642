import { setTimeout as delay } from "node:timers/promises";

import type { TestEnvironment } from "./test-environment";

interface PodStatus {
  readonly conditions: readonly object[];
}

/**
 * Acts as a node: reports a status of every pod of a namespace, again and again, as a kubelet does. The Kubernetes provider misses
 * a pod's status that it reads before the pod's ReplicaSet. Returns a function that stops it.
 */
export function actAsNode(
  environment: TestEnvironment,
  namespace: string,
  { conditions, ...status }: PodStatus,
): () => Promise<void> {
  const stopped = new AbortController();
  const running = (async () => {
    while (!stopped.signal.aborted) {
      const now = { lastProbeTime: new Date().toISOString() };
      const current = { ...status, conditions: conditions.map((each) => ({ ...each, ...now })) };
      const patch = JSON.stringify({ status: current });
      const pods = await environment.kubectl(["get", "pods", "-n", namespace, "-o", "name"]);
      for (const pod of pods.split("\n").filter((name) => name !== "")) {
        const args = ["patch", pod, "-n", namespace, "--subresource=status", "--type=merge"];
        // The pod may have been deleted meanwhile.
        await environment.kubectl([...args, "-p", patch]).catch(() => undefined);
      }
      await delay(500);
    }
  })();
  return async () => {
    stopped.abort();
    await running;
  };
}

const conditionsOf = (ready: string) =>
  Object.entries({
    ...{ PodScheduled: "True", Initialized: "True" },
    ...{ ContainersReady: ready, Ready: ready },
  }).map(([type, status]) => ({ type, status }));

/** Status of a pod that is ready. */
export const READY = {
  phase: "Running",
  podIP: "10.0.0.1",
  podIPs: [{ ip: "10.0.0.1" }],
  conditions: conditionsOf("True"),
};

/** Status of a pod whose image cannot be pulled. */
export const BROKEN = {
  phase: "Pending",
  conditions: conditionsOf("False"),
  containerStatuses: [
    {
      name: "main",
      image: "i",
      imageID: "",
      ready: false,
      restartCount: 0,
      state: { waiting: { reason: "ImagePullBackOff", message: "Back-off pulling image" } },
    },
  ],
};

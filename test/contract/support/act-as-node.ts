import { setTimeout as delay } from "node:timers/promises";

import type { TestEnvironment } from "./test-environment";

/** Acts as a node: sets a status on every pod of a namespace. Returns a function that stops it. */
export function actAsNode(
  environment: TestEnvironment,
  namespace: string,
  status: object,
): () => Promise<void> {
  const stopped = new AbortController();
  const patch = JSON.stringify({ status });
  const running = (async () => {
    const done = new Set<string>();
    while (!stopped.signal.aborted) {
      const pods = await environment.kubectl(["get", "pods", "-n", namespace, "-o", "name"]);
      for (const pod of pods.split("\n").filter((name) => name !== "" && !done.has(name))) {
        const args = ["patch", pod, "-n", namespace, "--subresource=status", "--type=merge"];
        await environment.kubectl([...args, "-p", patch]).then(
          () => done.add(pod),
          () => undefined, // The pod may have been deleted meanwhile.
        );
      }
      await delay(200);
    }
  })();
  return async () => {
    stopped.abort();
    await running;
  };
}

const conditions = (ready: string) =>
  Object.entries({
    ...{ PodScheduled: "True", Initialized: "True" },
    ...{ ContainersReady: ready, Ready: ready },
  }).map(([type, status]) => ({ type, status }));

/** Status of a pod that is ready. */
export const READY = {
  phase: "Running",
  podIP: "10.0.0.1",
  podIPs: [{ ip: "10.0.0.1" }],
  conditions: conditions("True"),
};

/** Status of a pod whose image cannot be pulled. */
export const BROKEN = {
  phase: "Pending",
  conditions: conditions("False"),
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

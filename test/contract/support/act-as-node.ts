import { setTimeout as delay } from "node:timers/promises";

import type { TestEnvironment } from "./test-environment";

/** The part of a node: gives every pod of a namespace a status until it is stopped. */
export function actAsNode(
  bench: TestEnvironment,
  namespace: string,
  status: object,
): () => Promise<void> {
  const stopped = new AbortController();
  const patch = JSON.stringify({ status });
  const running = (async () => {
    const done = new Set<string>();
    while (!stopped.signal.aborted) {
      const pods = await bench.kubectl(["get", "pods", "-n", namespace, "-o", "name"]);
      for (const pod of pods.split("\n").filter((name) => name !== "" && !done.has(name))) {
        const args = ["patch", pod, "-n", namespace, "--subresource=status", "--type=merge"];
        await bench.kubectl([...args, "-p", patch]).then(
          () => done.add(pod),
          () => undefined, // It may have gone meanwhile.
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

const condition = (status: string) => ({
  conditions: ["Ready", "ContainersReady"].map((type) => ({ type, status })),
});

export const READY = {
  phase: "Running",
  podIP: "10.0.0.1",
  podIPs: [{ ip: "10.0.0.1" }],
  ...condition("True"),
};

export const BROKEN = {
  phase: "Pending",
  ...condition("False"),
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

import { execFile } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

import { TEST_POD } from "../../components/samples/names";
import type { ApiClient } from "../cluster/api-client";
import { containerProcesses, parseContainerId } from "../process/container-processes";
import { until } from "../process/until";

/** How long a new pod may take until it is ready and the old one is deleted. */
const START_MS = 30_000;
/** Requests must not wait for an API server that does not answer. */
const API_MS = 200;

/**
 * The test pod of the client mesh. Commands enter its container from the lab's process, and not by `kubectl exec`, so
 * that they continue while the API server, the kubelet or containerd is restarted.
 */
export class TestPod {
  readonly #api: Pick<ApiClient, "getJson">;
  readonly #path: string;
  #containerId: string | undefined;

  constructor(api: Pick<ApiClient, "getJson">, namespace: string) {
    this.#api = api;
    this.#path = `/api/v1/namespaces/${namespace}/pods?labelSelector=app%3D${TEST_POD}`;
  }

  /** Runs a command and returns its output, which is empty if no pod runs. */
  async run(command: readonly string[], timeoutMs: number): Promise<string> {
    const container = await this.#findContainer();
    const [pid] = container === undefined ? [] : containerProcesses([container]);
    if (pid === undefined) return "";
    const enter = ["nsenter", `--target=${pid}`, "--mount", "--net", "--pid", "--", ...command];
    return new Promise((resolve) => {
      const options = { timeout: timeoutMs, killSignal: "SIGKILL" } as const;
      execFile("setpriv", ["--pdeathsig", "KILL", "--", ...enter], options, (_, stdout) => {
        resolve(stdout);
      });
    });
  }

  /** Whether it was replaced by a new pod, which starts before the old one ends. */
  async wasReplaced(since: number): Promise<boolean> {
    const pods = await until("the API server", () => this.#listPods());
    return pods.some(
      ({ metadata: { creationTimestamp, deletionTimestamp } }) =>
        deletionTimestamp !== undefined || Date.parse(creationTimestamp) > since - START_MS,
    );
  }

  /** While the API server does not answer, the container is the last one that it named. */
  async #findContainer(): Promise<string | undefined> {
    const pods = await Promise.race([this.#listPods().catch(() => undefined), delay(API_MS)]);
    if (pods === undefined) return this.#containerId;
    const containers = pods
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .flatMap(({ status: { containerStatuses = [] } }) => containerStatuses)
      .filter(({ name, ready }) => name === TEST_POD && ready);
    return (this.#containerId = parseContainerId(containers[0]?.containerID));
  }

  async #listPods(): Promise<readonly Pod[]> {
    return (await this.#api.getJson<{ readonly items: readonly Pod[] }>(this.#path)).items;
  }
}

interface Pod {
  readonly metadata: { readonly creationTimestamp: string; readonly deletionTimestamp?: string };
  readonly status: {
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly ready: boolean;
      readonly containerID?: string;
    }[];
  };
}

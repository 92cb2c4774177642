import { randomBytes } from "node:crypto";

import { RESTRICTED } from "../../../components/samples/pod-security";
import { type Kubectl, object, output } from "../kubectl";
import type { CurlPlace } from "./curl";

/** A pod with curl, for the time of a few checks. */
export interface PodSpec {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  /** Part of its name, for people. */
  readonly role: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Names of empty volumes, in memory. */
  readonly volumes?: readonly string[];
}

const CONTAINER = "curl";
const READY_SECONDS = 90;

/** A name that no other run uses at the same time. */
export function temporaryName(role: string): string {
  return `checks-${role}-${randomBytes(3).toString("hex")}`;
}

/**
 * Starts a pod and waits until it is ready.
 *
 * @throws Error that says why it is not; the pod is then gone
 */
export async function createPod(spec: PodSpec): Promise<CurlPlace> {
  const { kubectl, namespace } = spec;
  const name = temporaryName(spec.role);
  const place = { kubectl, namespace, pod: `pod/${name}`, container: CONTAINER };
  try {
    await output(kubectl, ["create", "-f", "-"], { stdin: JSON.stringify(manifest(name, spec)) });
    const { code } = await kubectl(
      ["wait", "-n", namespace, place.pod, "--for=condition=Ready", `--timeout=${READY_SECONDS}s`],
      { timeoutMs: (READY_SECONDS + 10) * 1000 },
    );
    if (code !== 0) throw new Error(`the pod for the check is not ready: ${await why(place)}`);
    return place;
  } catch (error) {
    // Why it failed is worth more than that it could not be deleted either, which most often has the same cause.
    await deletePod(place).catch(() => undefined);
    throw error;
  }
}

/** Deletes a pod; that it ends is its node's affair. */
export async function deletePod({ kubectl, namespace, pod }: CurlPlace): Promise<void> {
  await output(kubectl, ["delete", "-n", namespace, pod, "--ignore-not-found", "--wait=false"]);
}

function manifest(name: string, spec: PodSpec): object {
  const volumes = spec.volumes ?? [];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace: spec.namespace,
      labels: { app: "istio-mtls-checks", ...spec.labels },
      annotations: spec.annotations ?? {},
    },
    spec: {
      restartPolicy: "Never",
      terminationGracePeriodSeconds: 1, // `sleep` has nothing to finish
      automountServiceAccountToken: false,
      containers: [
        {
          name: CONTAINER,
          image: "docker.io/curlimages/curl:8.16.0",
          command: ["sleep", "infinity"],
          resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } },
          securityContext: RESTRICTED,
        },
      ],
      volumes: volumes.map((volume) => ({ name: volume, emptyDir: { medium: "Memory" } })),
    },
  };
}

interface PodStatus {
  readonly status?: {
    readonly phase?: string;
    readonly message?: string;
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
}

async function why({ kubectl, namespace, pod }: CurlPlace): Promise<string> {
  const { status = {} } = await object<PodStatus>(kubectl, ["-n", namespace, pod]);
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const waits = containers
    .filter(({ ready }) => !ready)
    .map(({ name, state }) => `${name} ${state?.waiting?.reason ?? "is not ready"}`);
  return [status.phase ?? "no status", status.message, ...waits]
    .filter((part) => part !== undefined)
    .join(", ");
}

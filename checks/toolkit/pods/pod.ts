import { randomBytes } from "node:crypto";

import { CURL_IMAGE } from "../../../components/samples/names";
import { RESTRICTED } from "../../../components/samples/pod-security";
import { getObject, type Kubectl, requireOutput } from "../kubectl";
import type { ContainerRef } from "./container";

/** A temporary pod with curl. */
export interface PodSpec {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  /** Part of the pod's name. */
  readonly role: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Names of empty volumes in memory. */
  readonly volumes?: readonly string[];
  /** Command that the pod runs when it starts. */
  readonly firstCommand?: readonly string[];
}

const CONTAINER = "curl";
const READY_SECONDS = 90;

/** A name that no other run uses. */
export function temporaryName(role: string): string {
  return `checks-${role}-${randomBytes(3).toString("hex")}`;
}

/**
 * Creates a pod and waits until it is ready.
 *
 * @throws Error with the reason when it is not ready in time. The pod is deleted then.
 */
export async function createPod(spec: PodSpec): Promise<ContainerRef> {
  const { kubectl, namespace } = spec;
  const name = temporaryName(spec.role);
  const pod = { kubectl, namespace, pod: `pod/${name}`, container: CONTAINER };
  try {
    await requireOutput(kubectl, ["create", "-f", "-"], {
      stdin: JSON.stringify(manifest(name, spec)),
    });
    const { code } = await kubectl(
      ["wait", "-n", namespace, pod.pod, "--for=condition=Ready", `--timeout=${READY_SECONDS}s`],
      { timeoutMs: (READY_SECONDS + 10) * 1000 },
    );
    if (code === 0) return pod;
    throw new Error(`pod ${name} is not ready: ${await readStatus(pod)}`);
  } catch (error) {
    // Report why the pod failed. An error of the deletion usually has the same cause.
    await deletePod(pod).catch(() => undefined);
    throw error;
  }
}

/** Deletes a pod without waiting until it is gone. */
export async function deletePod({ kubectl, namespace, pod }: ContainerRef): Promise<void> {
  await requireOutput(kubectl, [
    ...["delete", "-n", namespace, pod, "--ignore-not-found", "--wait=false"],
  ]);
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
      terminationGracePeriodSeconds: 1, // A shell ignores SIGTERM as process 1.
      automountServiceAccountToken: false,
      containers: [
        {
          name: CONTAINER,
          image: CURL_IMAGE,
          command: ["sh", "-c", '"$@"; sleep infinity', "sh", ...(spec.firstCommand ?? [])],
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

/** Why a pod is not ready: its phase, its message, and each container that is not ready. */
async function readStatus({ kubectl, namespace, pod }: ContainerRef): Promise<string> {
  const { status = {} } = await getObject<PodStatus>(kubectl, ["-n", namespace, pod]);
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const notReady = containers
    .filter(({ ready }) => !ready)
    .map(({ name, state }) => `${name} ${state?.waiting?.reason ?? "is not ready"}`);
  return [status.phase ?? "no status", status.message, ...notReady]
    .filter((part) => part !== undefined)
    .join(", ");
}

import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { input } from "../../validation/args";
import { objectName } from "../../validation/fields";
import { REVISION_KEY, revisionName } from "../istio/revision";
import { RESTRICTED } from "./pod-security";

/** Where a sample runs. */
export interface SampleArgs {
  /** Namespace. It must have sidecar injection. */
  readonly namespace: pulumi.Input<string>;
  /** Name of the Istio revision that injects the sidecar, such as `default`. A new name restarts the pod. */
  readonly revision: string;
}

/** Checks {@link SampleArgs}. */
export const sampleArgs = z.looseObject({ namespace: input(objectName), revision: revisionName });

/** Inputs of {@link sampleWorkload}. */
export interface SampleWorkloadArgs extends SampleArgs {
  /** Name of the Deployment, the container, the service account, and value of the label `app`. */
  readonly workload: string;
  /**
   * The container, without its name and its security context. It must request at least 50m of CPU and 52 MiB of memory.
   * GKE Autopilot raises a smaller request, and each preview would show the difference.
   */
  readonly container: Omit<k8s.types.input.core.v1.Container, "name" | "securityContext">;
  /**
   * How long the pod may take to stop, in seconds.
   *
   * @default 30 (Kubernetes' default)
   */
  readonly terminationGracePeriodSeconds?: number;
}

/** A Deployment of one pod, with its own service account, which has no rights at the API server. */
export function sampleWorkload(
  name: string,
  { workload, namespace, revision, container, ...pod }: SampleWorkloadArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.apps.v1.Deployment {
  const metadata = { name: workload, namespace };
  const labels = { app: workload };
  const account = new k8s.core.v1.ServiceAccount(
    `${name}-account`,
    { metadata, automountServiceAccountToken: false },
    opts,
  );
  return new k8s.apps.v1.Deployment(
    `${name}-deployment`,
    {
      metadata,
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          // The namespace selects the injector, which writes the same annotation. A change here restarts the pod.
          metadata: { labels, annotations: { [REVISION_KEY]: revision } },
          spec: {
            serviceAccountName: account.metadata.name,
            automountServiceAccountToken: false,
            ...pod,
            containers: [{ name: workload, ...container, securityContext: RESTRICTED }],
          },
        },
      },
    },
    opts,
  );
}

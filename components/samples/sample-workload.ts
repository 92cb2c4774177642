import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { REVISION_KEY } from "../istio/revision";
import { RESTRICTED } from "./pod-security";

/** Inputs of {@link sampleWorkload}. */
export interface SampleWorkloadArgs {
  /** Name of Deployment, container, service account and label `app`. */
  readonly workload: string;
  /** Namespace, which must have sidecar injection on. */
  readonly namespace: pulumi.Input<string>;
  /** Revision of Istio that is to inject its sidecar. */
  readonly revision: string;
  /** What the container is, beside its name and what confines it. */
  readonly container: Omit<k8s.types.input.core.v1.Container, "name" | "securityContext">;
  /** How long the pod may take to end (seconds). @default Kubernetes' own */
  readonly terminationGracePeriodSeconds?: number;
}

/** A Deployment of one pod with a service account of its own, which may do nothing at the API server. */
export function sampleWorkload(
  parent: pulumi.Resource,
  name: string,
  { workload, namespace, revision, container, ...pod }: SampleWorkloadArgs,
): k8s.apps.v1.Deployment {
  const metadata = { name: workload, namespace };
  const labels = { app: workload };
  const account = new k8s.core.v1.ServiceAccount(
    `${name}-account`,
    { metadata, automountServiceAccountToken: false },
    { parent },
  );
  return new k8s.apps.v1.Deployment(
    `${name}-deployment`,
    {
      metadata,
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          // The namespace chooses the injector, which writes the same annotation: changing it here restarts the pod.
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
    { parent },
  );
}

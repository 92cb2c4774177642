import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { RESTRICTED } from "./pod-security";

/** Inputs of {@link TestPod}. */
export interface TestPodArgs {
  /** Namespace, which must have sidecar injection on. */
  readonly namespace: pulumi.Input<string>;
}

/** Name of the test pod's Deployment, container and service account. */
export const TEST_POD = "client";

/** A pod with curl in the client mesh: `kubectl exec deploy/client -c client -- curl …` is a call from there. */
export class TestPod extends pulumi.ComponentResource {
  constructor(name: string, args: TestPodArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:TestPod", name, {}, opts);
    const labels = { app: TEST_POD };
    const metadata = { name: TEST_POD, namespace: args.namespace };

    const account = new k8s.core.v1.ServiceAccount(
      `${name}-account`,
      { metadata, automountServiceAccountToken: false },
      { parent: this },
    );
    new k8s.apps.v1.Deployment(
      `${name}-deployment`,
      {
        metadata,
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              serviceAccountName: account.metadata.name,
              automountServiceAccountToken: false,
              terminationGracePeriodSeconds: 1, // `sleep` has nothing to finish
              containers: [
                {
                  name: TEST_POD,
                  image: "docker.io/curlimages/curl:8.16.0",
                  command: ["sleep", "infinity"],
                  resources: {
                    requests: { cpu: "10m", memory: "16Mi" },
                    limits: { memory: "64Mi" },
                  },
                  securityContext: RESTRICTED,
                },
              ],
            },
          },
        },
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}

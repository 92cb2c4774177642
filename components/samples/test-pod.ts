import * as pulumi from "@pulumi/pulumi";

import { sampleWorkload } from "./sample-workload";

/** Inputs of {@link TestPod}. */
export interface TestPodArgs {
  /** Namespace, which must have sidecar injection on. */
  readonly namespace: pulumi.Input<string>;
  /** Revision of Istio that is to inject its sidecar. */
  readonly revision: string;
}

/** Name of the test pod's Deployment, container and service account. */
const TEST_POD = "client";

/** A pod with curl in the client mesh: `kubectl exec deploy/client -c client -- curl …` is a call from there. */
export class TestPod extends pulumi.ComponentResource {
  constructor(name: string, args: TestPodArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:TestPod", name, {}, opts);
    sampleWorkload(this, name, {
      workload: TEST_POD,
      namespace: args.namespace,
      revision: args.revision,
      container: {
        image: "docker.io/curlimages/curl:8.16.0",
        command: ["sleep", "infinity"],
        resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } },
      },
      terminationGracePeriodSeconds: 1, // `sleep` has nothing to finish
    });
    this.registerOutputs();
  }
}

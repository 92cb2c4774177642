import type * as pulumi from "@pulumi/pulumi";

import { checkArgs } from "../../validation/args";
import { Component } from "../component";
import { CURL_IMAGE, TEST_POD } from "./names";
import { type SampleArgs, sampleArgs, sampleWorkload } from "./sample-workload";

/**
 * A pod with curl in the client mesh, named `client`. To call the server from it, run
 * `kubectl exec deploy/client -c client -- curl …`.
 *
 * @throws ArgsError when an argument is invalid
 * @example
 * new TestPod("test-pod", { namespace: "shop", revision: "default" }, { providers: [provider] });
 */
export class TestPod extends Component {
  constructor(name: string, args: SampleArgs, opts?: pulumi.ComponentResourceOptions) {
    checkArgs("TestPod", name, sampleArgs, args);
    super("TestPod", name, opts);

    sampleWorkload(
      name,
      {
        workload: TEST_POD,
        namespace: args.namespace,
        revision: args.revision,
        container: {
          image: CURL_IMAGE,
          command: ["sleep", "infinity"],
          resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "64Mi" } },
        },
        terminationGracePeriodSeconds: 1, // `sleep` has nothing to finish
      },
      { parent: this },
    );
  }
}

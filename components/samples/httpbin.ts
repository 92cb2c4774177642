import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { sampleWorkload } from "./sample-workload";

/** Inputs of {@link Httpbin}. */
export interface HttpbinArgs {
  /** Namespace, which must have sidecar injection on. */
  readonly namespace: pulumi.Input<string>;
  /** Revision of Istio that is to inject its sidecar. */
  readonly revision: string;
}

const HTTPBIN = "httpbin";
/** Port of the Service, as the seed of this project has it. */
const SERVICE_PORT = 8000;
const POD_PORT = 8080;
/** How long a pod goes on serving after it is told to end: until the gateways have learned that it goes. */
const FAREWELL_SECONDS = 5;

/** The sample service behind the ingress gateway: it answers with what it was asked. */
export class Httpbin extends pulumi.ComponentResource {
  constructor(name: string, args: HttpbinArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:Httpbin", name, {}, opts);
    const deployment = sampleWorkload(this, name, {
      workload: HTTPBIN,
      namespace: args.namespace,
      revision: args.revision,
      container: {
        image: "ghcr.io/mccutchen/go-httpbin:2.26.0",
        ports: [{ name: "http", containerPort: POD_PORT }],
        readinessProbe: { httpGet: { path: "/status/200", port: POD_PORT } },
        lifecycle: { preStop: { sleep: { seconds: FAREWELL_SECONDS } } },
        resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } },
      },
    });
    new k8s.core.v1.Service(
      `${name}-service`,
      {
        metadata: { name: HTTPBIN, namespace: args.namespace },
        spec: {
          selector: { app: HTTPBIN },
          ports: [{ name: "http", port: SERVICE_PORT, targetPort: POD_PORT, appProtocol: "http" }],
        },
      },
      // The provider waits for the Service's endpoints, which the Deployment gives.
      { parent: this, dependsOn: deployment },
    );
    this.registerOutputs();
  }
}

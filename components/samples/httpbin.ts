import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { checkArgs } from "../../validation/args";
import { Component } from "../component";
import { HTTPBIN, HTTPBIN_IDLE_TIMEOUT, HTTPBIN_IMAGE, HTTPBIN_POD_PORT } from "./names";
import { type SampleArgs, sampleArgs, sampleWorkload } from "./sample-workload";

const SERVICE_PORT = 8000;
/** How long a stopping pod still serves. In this time the gateways learn that it stops. */
const PRE_STOP_SECONDS = 5;

/**
 * The sample service behind the ingress gateway, named `httpbin`. It answers with the request that it got.
 *
 * @throws ArgsError when an argument is invalid
 * @example
 * new Httpbin("httpbin", { namespace: "shop", revision: "default" }, { providers: [provider] });
 */
export class Httpbin extends Component {
  constructor(name: string, args: SampleArgs, opts?: pulumi.ComponentResourceOptions) {
    checkArgs("Httpbin", name, sampleArgs, args);
    super("Httpbin", name, opts);

    const deployment = sampleWorkload(
      name,
      {
        workload: HTTPBIN,
        namespace: args.namespace,
        revision: args.revision,
        container: {
          image: HTTPBIN_IMAGE,
          env: [{ name: "SRV_READ_TIMEOUT", value: HTTPBIN_IDLE_TIMEOUT }],
          ports: [{ name: "http", containerPort: HTTPBIN_POD_PORT }],
          readinessProbe: { httpGet: { path: "/status/200", port: HTTPBIN_POD_PORT } },
          lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
          resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } },
        },
      },
      { parent: this },
    );
    new k8s.core.v1.Service(
      `${name}-service`,
      {
        metadata: {
          name: HTTPBIN,
          namespace: args.namespace,
          // The provider would wait until the Service's pods have not changed for 10 s. The Deployment waits for them.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: {
          selector: { app: HTTPBIN },
          ports: [
            { name: "http", port: SERVICE_PORT, targetPort: HTTPBIN_POD_PORT, appProtocol: "http" },
          ],
        },
      },
      { parent: this, dependsOn: deployment },
    );
  }
}

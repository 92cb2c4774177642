import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { RESTRICTED } from "./pod-security";

/** Inputs of {@link Httpbin}. */
export interface HttpbinArgs {
  /** Namespace, which must have sidecar injection on. */
  readonly namespace: pulumi.Input<string>;
}

/** Port of the Service, as the seed of this project has it. */
const SERVICE_PORT = 8000;
const POD_PORT = 8080;

/** The sample service behind the ingress gateway: it answers with what it was asked. */
export class Httpbin extends pulumi.ComponentResource {
  constructor(name: string, args: HttpbinArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:Httpbin", name, {}, opts);
    const labels = { app: "httpbin" };
    const metadata = { name: "httpbin", namespace: args.namespace };

    const account = new k8s.core.v1.ServiceAccount(
      `${name}-account`,
      { metadata, automountServiceAccountToken: false },
      { parent: this },
    );
    const deployment = new k8s.apps.v1.Deployment(
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
              containers: [
                {
                  name: "httpbin",
                  image: "ghcr.io/mccutchen/go-httpbin:2.26.0",
                  ports: [{ name: "http", containerPort: POD_PORT }],
                  readinessProbe: { httpGet: { path: "/status/200", port: POD_PORT } },
                  resources: {
                    requests: { cpu: "50m", memory: "64Mi" },
                    limits: { memory: "128Mi" },
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
    new k8s.core.v1.Service(
      `${name}-service`,
      {
        metadata,
        spec: {
          selector: labels,
          ports: [{ name: "http", port: SERVICE_PORT, targetPort: POD_PORT, appProtocol: "http" }],
        },
      },
      // The provider waits for the Service's endpoints, which the Deployment gives.
      { parent: this, dependsOn: deployment },
    );
    this.registerOutputs();
  }
}

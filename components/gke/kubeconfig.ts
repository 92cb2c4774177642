import type * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { type ControlPlaneSettings, reachedByDns } from "./control-plane";

/** How a cluster's API is reached. */
export interface ClusterEndpoint {
  /** Address of the API server. */
  readonly server: string;
  /** CA of the API server's certificate (PEM, base64); none where its certificate is a public one. */
  readonly ca?: string;
}

/** Where the API of `cluster` is. */
export function clusterEndpoint(
  cluster: gcp.container.Cluster,
  settings: ControlPlaneSettings,
): pulumi.Output<ClusterEndpoint> {
  if (reachedByDns(settings)) {
    return cluster.controlPlaneEndpointsConfig.apply(({ dnsEndpointConfig }) => {
      if (!dnsEndpointConfig.endpoint) throw new Error("the cluster has no DNS endpoint");
      return { server: `https://${dnsEndpointConfig.endpoint}` };
    });
  }
  const address = settings.privateEndpoint
    ? cluster.privateClusterConfig.privateEndpoint
    : cluster.endpoint;
  // A CA certificate is public. It shares an object with the key of the client certificate that there is none of,
  // which makes the object secret.
  const ca = pulumi.unsecret(cluster.masterAuth.clusterCaCertificate);
  return pulumi.all([address, ca]).apply(([host, pem]) => ({ server: `https://${host}`, ca: pem }));
}

/**
 * A kubeconfig that holds no credential: whoever uses it shows who they are by `gke-gcloud-auth-plugin`, which must be
 * on the PATH, at `pulumi destroy` too.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin
 */
export function kubeconfig(context: string, { server, ca }: ClusterEndpoint): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": context,
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    clusters: [
      {
        name: context,
        cluster: { server, ...(ca !== undefined && { "certificate-authority-data": ca }) },
      },
    ],
    users: [
      {
        name: context,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "gke-gcloud-auth-plugin",
            installHint:
              "Install it with: gcloud components install gke-gcloud-auth-plugin (or the package google-cloud-cli-gke-gcloud-auth-plugin)",
            provideClusterInfo: true,
          },
        },
      },
    ],
  });
}

import type * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import type { Resolved } from "../../validation/rows";
import type { controlPlaneSettings } from "./control-plane";

/** How clients reach a cluster's API server. */
export interface ClusterEndpoint {
  /** URL of the API server. */
  readonly server: string;
  /** CA of the API server's certificate (PEM, base64). Absent if a public CA issued the certificate. */
  readonly ca?: string;
}

/** The endpoint of `cluster`, by DNS name or IP address. */
export function clusterEndpoint(
  cluster: gcp.container.Cluster,
  { controlPlaneAccess, privateEndpoint }: Resolved<typeof controlPlaneSettings>,
): pulumi.Output<ClusterEndpoint> {
  if (controlPlaneAccess === "dns") {
    return cluster.controlPlaneEndpointsConfig.apply(({ dnsEndpointConfig }) => {
      if (!dnsEndpointConfig.endpoint) throw new Error("the cluster has no DNS endpoint");
      return { server: `https://${dnsEndpointConfig.endpoint}` };
    });
  }
  const address = privateEndpoint ? cluster.privateClusterConfig.privateEndpoint : cluster.endpoint;
  // A CA certificate is public. The object that contains it also has an (empty) client key, so Pulumi marks all of the
  // object as secret.
  const ca = pulumi.unsecret(cluster.masterAuth.clusterCaCertificate);
  return pulumi.all([address, ca]).apply(([host, pem]) => ({ server: `https://${host}`, ca: pem }));
}

/**
 * A kubeconfig without credentials. Clients authenticate with `gke-gcloud-auth-plugin`, which must be on the PATH, also
 * for `pulumi destroy`.
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

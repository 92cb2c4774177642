import type * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The cluster's arguments for Autopilot. Google runs and hardens the nodes. The program only sets their service account,
 * the tag for the firewall, and the capability that Istio needs to redirect traffic.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-security
 */
export function autopilotNodes(serviceAccount: pulumi.Input<string>, nodeTag: string) {
  return {
    enableAutopilot: true,
    // Sidecars' init containers write iptables rules: …/docs/how-to/autopilot-privileged-workloads
    allowNetAdmin: true,
    clusterAutoscaling: {
      autoProvisioningDefaults: {
        serviceAccount,
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
      },
    },
    nodePoolAutoConfig: {
      networkTags: { tags: [nodeTag] },
      nodeKubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
    },
  } satisfies gcp.container.ClusterArgs;
}

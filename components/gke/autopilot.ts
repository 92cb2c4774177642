import type * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Nodes that Google runs. It hardens them itself; what is left to say is who they are, how the firewall knows them,
 * and that Istio may set up its redirection.
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

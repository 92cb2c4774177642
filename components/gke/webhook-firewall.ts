import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** Inputs of {@link webhookFirewall}. */
export interface WebhookFirewallArgs {
  /** Project ID. */
  readonly project: string;
  /** The VPC network (ID). */
  readonly networkId: pulumi.Input<string>;
  /** Range of the control plane (IPv4 CIDR). */
  readonly controlPlaneRange: string;
  /** Network tag of the nodes. */
  readonly nodeTag: string;
}

/** Port on which istiod serves its webhooks: sidecar injection and validation. */
const ISTIOD_WEBHOOK_PORT = "15017";

/**
 * Lets a control plane behind a VPC peering call istiod's webhooks. Without this rule no pod of such a cluster gets a
 * sidecar, because GKE's own rule opens only the ports 443 and 10250. The source is the whole range: each replica of the
 * control plane has an address in it. With Private Service Connect, these calls come from an agent on the nodes.
 *
 * @see https://cloud.google.com/service-mesh/docs/private-cluster-open-port
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules
 */
export function webhookFirewall(
  name: string,
  args: WebhookFirewallArgs,
  opts: pulumi.CustomResourceOptions,
): gcp.compute.Firewall {
  return new gcp.compute.Firewall(
    name,
    {
      project: args.project,
      network: args.networkId,
      description: "Lets the control plane call Istio's webhooks.",
      direction: "INGRESS",
      sourceRanges: [args.controlPlaneRange],
      targetTags: [args.nodeTag],
      allows: [{ protocol: "tcp", ports: [ISTIOD_WEBHOOK_PORT] }],
    },
    opts,
  );
}

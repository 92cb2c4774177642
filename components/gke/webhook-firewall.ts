import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** Whose calls of which nodes a firewall admits. */
export interface WebhookFirewallArgs {
  readonly project: string;
  readonly networkId: pulumi.Input<string>;
  readonly controlPlaneRange: string;
  readonly nodeTag: string;
}

/** Port on which istiod serves its webhooks: sidecar injection and validation. */
const ISTIOD_WEBHOOKS = "15017";

/**
 * Lets the control plane call istiod's webhooks, without which no pod gets a sidecar: GKE's own rule opens ports 443
 * and 10250 alone. The source is the whole range of the control plane, whose replicas each have an address in it.
 *
 * @see https://cloud.google.com/service-mesh/docs/private-cluster-open-port
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules
 */
export function webhookFirewall(
  parent: pulumi.Resource,
  name: string,
  args: WebhookFirewallArgs,
): void {
  new gcp.compute.Firewall(
    name,
    {
      project: args.project,
      network: args.networkId,
      description: "Lets the control plane call Istio's webhooks.",
      direction: "INGRESS",
      sourceRanges: [args.controlPlaneRange],
      targetTags: [args.nodeTag],
      allows: [{ protocol: "tcp", ports: [ISTIOD_WEBHOOKS] }],
    },
    { parent },
  );
}

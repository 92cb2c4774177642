import { cluster } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * A node proves its identity to the control plane, so a stolen bootstrap token is not enough to join the cluster. CIS
 * GKE 1.4: 5.5.5.
 */
export const gkeShieldedNodes: Rule = {
  name: "gke-shielded-nodes",
  description: "Nodes are Shielded GKE Nodes.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes",
  level: "mandatory",
  types: [CLUSTER],
  problems: ({ props }) =>
    checkProperty(
      props,
      "enableShieldedNodes",
      [true, undefined],
      "otherwise nodes do not prove their identity to the control plane",
    ),
  examples: {
    passes: {
      "shielded nodes": cluster(),
      "the default": cluster({ enableShieldedNodes: undefined }),
    },
    fails: { "no shielded nodes": cluster({ enableShieldedNodes: false }) },
  },
};

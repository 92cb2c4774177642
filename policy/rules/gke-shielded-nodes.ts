import { cluster } from "../examples/gke";
import { read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * A node proves to the control plane which machine it is; a stolen bootstrap token alone joins nothing. CIS GKE 1.4:
 * 5.5.5.
 */
export const gkeShieldedNodes: Rule = {
  name: "gke-shielded-nodes",
  description: "Nodes are Shielded GKE Nodes.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (read(props, "enableShieldedNodes") === false)
      yield "Nodes need not prove who they are: set enableShieldedNodes to true, its default.";
  },
  examples: {
    passes: {
      "shielded nodes": cluster(),
      "the default": cluster({ enableShieldedNodes: undefined }),
    },
    fails: { "no shielded nodes": cluster({ enableShieldedNodes: false }) },
  },
};

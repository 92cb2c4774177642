import { nodePool } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/**
 * Pods use the GKE metadata server, which returns tokens only for the pod's own identity. Compute Engine's metadata server
 * gives every pod a token of the node's service account. CIS GKE 1.4: 5.4.2.
 */
export const gkeMetadataServer: Rule = {
  name: "gke-metadata-server",
  description: "Pods use the GKE metadata server.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#migrate_applications_to",
  level: "mandatory",
  types: [NODE_POOL],
  problems: ({ props }) =>
    checkProperty(
      props,
      "nodeConfig.workloadMetadataConfig.mode",
      ["GKE_METADATA"],
      "otherwise every pod can get a token of the node's service account",
    ),
  examples: {
    passes: { "the GKE metadata server": nodePool() },
    fails: {
      "Compute Engine's metadata server": nodePool({
        node: { workloadMetadataConfig: { mode: "GCE_METADATA" } },
      }),
      "mode not set": nodePool({ node: { workloadMetadataConfig: undefined } }),
    },
  },
};

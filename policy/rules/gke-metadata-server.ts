import { nodePool } from "../examples/gke";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/**
 * Pods ask GKE's metadata server, which answers for their own identity; Compute Engine's would hand any pod a token
 * of the node's. CIS GKE 1.4: 5.4.2.
 */
export const gkeMetadataServer: Rule = {
  name: "gke-metadata-server",
  description: "Pods see GKE's metadata server, not the node's.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#migrate_applications_to",
  level: "mandatory",
  types: [NODE_POOL],
  *problems({ props }) {
    if (!is(read(props, "nodeConfig", "workloadMetadataConfig", "mode"), "GKE_METADATA"))
      yield "Any pod can take a token of the node's: set nodeConfig.workloadMetadataConfig.mode to GKE_METADATA.";
  },
  examples: {
    passes: { "GKE's metadata server": nodePool() },
    fails: {
      "the node's metadata server": nodePool({
        node: { workloadMetadataConfig: { mode: "GCE_METADATA" } },
      }),
      "nothing said": nodePool({ node: { workloadMetadataConfig: undefined } }),
    },
  },
};

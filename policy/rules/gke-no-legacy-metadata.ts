import { nodePool } from "../examples/gke";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/**
 * The metadata server's old endpoints answer without the header that keeps forged requests out. CIS GKE 1.4: 5.4.1.
 */
export const gkeNoLegacyMetadata: Rule = {
  name: "gke-no-legacy-metadata",
  description: "The metadata server's legacy endpoints are off.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/protecting-cluster-metadata#disable-legacy-apis",
  level: "mandatory",
  types: [NODE_POOL],
  *problems({ props }) {
    const disabled = read(props, "nodeConfig", "metadata", "disable-legacy-endpoints");
    if (!is(disabled, undefined, "true"))
      yield 'The metadata server answers forged requests: set nodeConfig.metadata["disable-legacy-endpoints"] to "true", its default.';
  },
  examples: {
    passes: {
      "legacy endpoints off": nodePool(),
      "the default": nodePool({ node: { metadata: undefined } }),
    },
    fails: {
      "legacy endpoints on": nodePool({
        node: { metadata: { "disable-legacy-endpoints": "false" } },
      }),
    },
  },
};

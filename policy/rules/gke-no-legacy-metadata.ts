import { nodePool } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/**
 * The legacy endpoints of the metadata server are off, because they do not require the header that stops forged requests.
 * CIS GKE 1.4: 5.4.1.
 */
export const gkeNoLegacyMetadata: Rule = {
  name: "gke-no-legacy-metadata",
  description: "The metadata server's legacy endpoints are off.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/protecting-cluster-metadata#disable-legacy-apis",
  level: "mandatory",
  types: [NODE_POOL],
  problems: ({ props }) =>
    checkProperty(
      props,
      "nodeConfig.metadata.disable-legacy-endpoints",
      ["true", undefined],
      "otherwise the metadata server answers forged requests",
    ),
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

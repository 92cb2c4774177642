import { nodePool } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/** Google compares what a node boots with a baseline, so a manipulated node is detected. CIS GKE 1.4: 5.5.6. */
export const gkeIntegrityMonitoring: Rule = {
  name: "gke-integrity-monitoring",
  description: "The integrity of nodes is monitored.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes#integrity_monitoring",
  level: "mandatory",
  types: [NODE_POOL],
  problems: ({ props }) =>
    checkProperty(
      props,
      "nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring",
      [true, undefined],
      "otherwise manipulated nodes are not detected",
    ),
  examples: {
    passes: {
      "integrity monitoring": nodePool(),
      "the default": nodePool({ node: { shieldedInstanceConfig: { enableSecureBoot: true } } }),
    },
    fails: {
      "no integrity monitoring": nodePool({
        node: {
          shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: false },
        },
      }),
    },
  },
};

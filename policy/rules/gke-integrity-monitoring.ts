import { nodePool } from "../examples/gke";
import { read } from "../read";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/** What a node booted is measured and compared, so that a change of it is seen. CIS GKE 1.4: 5.5.6. */
export const gkeIntegrityMonitoring: Rule = {
  name: "gke-integrity-monitoring",
  description: "The integrity of nodes is monitored.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes#integrity_monitoring",
  level: "mandatory",
  types: [NODE_POOL],
  *problems({ props }) {
    const shielded = read(props, "nodeConfig", "shieldedInstanceConfig");
    if (read(shielded, "enableIntegrityMonitoring") === false)
      yield "No one sees what nodes booted: set nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring to true, its default.";
  },
  examples: {
    passes: {
      monitoring: nodePool(),
      "the default": nodePool({ node: { shieldedInstanceConfig: { enableSecureBoot: true } } }),
    },
    fails: {
      "no monitoring": nodePool({
        node: {
          shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: false },
        },
      }),
    },
  },
};

import { nodePool } from "../examples/gke";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/** A node boots signed code alone, so that no rootkit outlives a reboot. CIS GKE 1.4: 5.5.7. */
export const gkeSecureBoot: Rule = {
  name: "gke-secure-boot",
  description: "Nodes boot signed code alone.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes#secure_boot",
  level: "mandatory",
  types: [NODE_POOL],
  *problems({ props }) {
    if (!is(read(props, "nodeConfig", "shieldedInstanceConfig", "enableSecureBoot"), true))
      yield "Nodes boot unsigned code: set nodeConfig.shieldedInstanceConfig.enableSecureBoot to true.";
  },
  examples: {
    passes: { "secure boot": nodePool() },
    fails: {
      "no secure boot": nodePool({
        node: {
          shieldedInstanceConfig: { enableSecureBoot: false, enableIntegrityMonitoring: true },
        },
      }),
      "nothing said": nodePool({ node: { shieldedInstanceConfig: undefined } }),
    },
  },
};

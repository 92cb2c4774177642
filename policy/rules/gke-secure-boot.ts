import { nodePool } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/** Nodes boot only signed code, so a rootkit does not survive a reboot. CIS GKE 1.4: 5.5.7. */
export const gkeSecureBoot: Rule = {
  name: "gke-secure-boot",
  description: "Nodes boot only signed code.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes#secure_boot",
  level: "mandatory",
  types: [NODE_POOL],
  problems: ({ props }) =>
    checkProperty(
      props,
      "nodeConfig.shieldedInstanceConfig.enableSecureBoot",
      [true],
      "otherwise nodes boot unsigned code",
    ),
  examples: {
    passes: { "secure boot": nodePool() },
    fails: {
      "no secure boot": nodePool({
        node: {
          shieldedInstanceConfig: { enableSecureBoot: false, enableIntegrityMonitoring: true },
        },
      }),
      "secure boot not set": nodePool({ node: { shieldedInstanceConfig: undefined } }),
    },
  },
};

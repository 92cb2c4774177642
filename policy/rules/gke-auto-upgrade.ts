import { nodePool } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/** GKE upgrades nodes to the control plane's version, with its security patches. CIS GKE 1.4: 5.5.3. */
export const gkeAutoUpgrade: Rule = {
  name: "gke-auto-upgrade",
  description: "GKE upgrades nodes with the control plane.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/node-auto-upgrades",
  level: "mandatory",
  types: [NODE_POOL],
  problems: ({ props }) =>
    checkProperty(
      props,
      "management.autoUpgrade",
      [true],
      "otherwise nodes get no security patches",
    ),
  examples: {
    passes: { "auto-upgrade": nodePool() },
    fails: {
      "no auto-upgrade": nodePool({ management: { autoRepair: true, autoUpgrade: false } }),
      "auto-upgrade not set": nodePool({ management: { autoRepair: true } }),
    },
  },
};

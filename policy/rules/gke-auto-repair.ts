import { nodePool } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/** GKE repairs nodes that stop reporting. CIS GKE 1.4: 5.5.2. */
export const gkeAutoRepair: Rule = {
  name: "gke-auto-repair",
  description: "GKE repairs failed nodes.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/node-auto-repair",
  level: "mandatory",
  types: [NODE_POOL],
  problems: ({ props }) =>
    checkProperty(
      props,
      "management.autoRepair",
      [true],
      "otherwise failed nodes stay in the pool",
    ),
  examples: {
    passes: { "auto-repair": nodePool() },
    fails: {
      "no auto-repair": nodePool({ management: { autoRepair: false, autoUpgrade: true } }),
      "auto-repair not set": nodePool({ management: { autoUpgrade: true } }),
    },
  },
};

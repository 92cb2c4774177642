import { nodePool } from "../examples/gke";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/** A node that stops reporting is replaced. CIS GKE 1.4: 5.5.2. */
export const gkeAutoRepair: Rule = {
  name: "gke-auto-repair",
  description: "Nodes that fail are repaired.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/node-auto-repair",
  level: "mandatory",
  types: [NODE_POOL],
  *problems({ props }) {
    if (!is(read(props, "management", "autoRepair"), true))
      yield "A sick node stays: set management.autoRepair to true.";
  },
  examples: {
    passes: { "auto-repair": nodePool() },
    fails: {
      "no auto-repair": nodePool({ management: { autoRepair: false, autoUpgrade: true } }),
      "nothing said": nodePool({ management: { autoUpgrade: true } }),
    },
  },
};

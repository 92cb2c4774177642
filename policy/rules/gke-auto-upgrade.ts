import { nodePool } from "../examples/gke";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/** Nodes follow the control plane's version, security patches included. CIS GKE 1.4: 5.5.3. */
export const gkeAutoUpgrade: Rule = {
  name: "gke-auto-upgrade",
  description: "Nodes are upgraded with the control plane.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/node-auto-upgrades",
  level: "mandatory",
  types: [NODE_POOL],
  *problems({ props }) {
    if (!is(read(props, "management", "autoUpgrade"), true))
      yield "No one patches the nodes: set management.autoUpgrade to true.";
  },
  examples: {
    passes: { "auto-upgrade": nodePool() },
    fails: {
      "no auto-upgrade": nodePool({ management: { autoRepair: true, autoUpgrade: false } }),
      "nothing said": nodePool({ management: { autoRepair: true } }),
    },
  },
};

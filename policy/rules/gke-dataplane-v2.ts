import { autopilotCluster, cluster } from "../examples/gke";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * NetworkPolicies are enforced, among them the one that keeps pods from going round the egress gateway. Without
 * Dataplane V2 they are accepted and do nothing. Autopilot has it without saying. CIS GKE 1.4: 5.6.7.
 */
export const gkeDataplaneV2: Rule = {
  name: "gke-dataplane-v2",
  description: "NetworkPolicies are enforced by Dataplane V2.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/dataplane-v2",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (is(read(props, "enableAutopilot"), true)) return;
    if (!is(read(props, "datapathProvider"), "ADVANCED_DATAPATH"))
      yield "NetworkPolicies do nothing: set datapathProvider to ADVANCED_DATAPATH.";
  },
  examples: {
    passes: { "Dataplane V2": cluster(), Autopilot: autopilotCluster() },
    fails: {
      "nothing said": cluster({ datapathProvider: undefined }),
      "the legacy dataplane": cluster({ datapathProvider: "LEGACY_DATAPATH" }),
    },
  },
};

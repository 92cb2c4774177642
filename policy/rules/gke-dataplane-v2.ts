import { autopilotCluster, cluster } from "../examples/gke";
import { checkProperty } from "../property";
import { mayBe, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * Dataplane V2 enforces NetworkPolicies, including the one that keeps pods from bypassing the egress gateway. Without it,
 * Kubernetes accepts NetworkPolicies, but they have no effect. Autopilot clusters always have it. CIS GKE 1.4: 5.6.7.
 */
export const gkeDataplaneV2: Rule = {
  name: "gke-dataplane-v2",
  description: "Dataplane V2 enforces NetworkPolicies.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/dataplane-v2",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (mayBe(read(props, "enableAutopilot"), true)) return;
    yield* checkProperty(
      props,
      "datapathProvider",
      ["ADVANCED_DATAPATH"],
      "otherwise NetworkPolicies have no effect",
    );
  },
  examples: {
    passes: { "Dataplane V2": cluster(), Autopilot: autopilotCluster() },
    fails: {
      "dataplane not set": cluster({ datapathProvider: undefined }),
      "the legacy dataplane": cluster({ datapathProvider: "LEGACY_DATAPATH" }),
    },
  },
};

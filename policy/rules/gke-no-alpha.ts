import { cluster } from "../examples/gke";
import { read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/** A cluster with alpha features gets no security patches, and is deleted after 30 days. CIS GKE 1.4: 5.10.2. */
export const gkeNoAlpha: Rule = {
  name: "gke-no-alpha",
  description: "The cluster is no alpha cluster.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/alpha-clusters",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (read(props, "enableKubernetesAlpha") === true)
      yield "The cluster gets no patches and lives 30 days: set enableKubernetesAlpha to false.";
  },
  examples: {
    passes: { "no alpha": cluster(), "said aloud": cluster({ enableKubernetesAlpha: false }) },
    fails: { alpha: cluster({ enableKubernetesAlpha: true }) },
  },
};

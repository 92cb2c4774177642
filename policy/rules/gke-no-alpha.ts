import { cluster } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/** Alpha clusters get no security patches, and GKE deletes them after 30 days. CIS GKE 1.4: 5.10.2. */
export const gkeNoAlpha: Rule = {
  name: "gke-no-alpha",
  description: "The cluster is not an alpha cluster.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/alpha-clusters",
  level: "mandatory",
  types: [CLUSTER],
  problems: ({ props }) =>
    checkProperty(
      props,
      "enableKubernetesAlpha",
      [false, undefined],
      "alpha clusters get no security patches, and GKE deletes them after 30 days",
    ),
  examples: {
    passes: { "the default": cluster(), "no alpha": cluster({ enableKubernetesAlpha: false }) },
    fails: { alpha: cluster({ enableKubernetesAlpha: true }) },
  },
};

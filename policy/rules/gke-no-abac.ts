import { cluster } from "../examples/gke";
import { read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * RBAC alone says who may do what; legacy ABAC gives every service account the run of the API. CIS GKE 1.4: 5.8.4.
 */
export const gkeNoAbac: Rule = {
  name: "gke-no-abac",
  description: "Legacy authorization (ABAC) is off.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#leave_abac_disabled_default_for_110",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (read(props, "enableLegacyAbac") === true)
      yield "ABAC grants what RBAC does not: set enableLegacyAbac to false.";
  },
  examples: {
    passes: { "no ABAC": cluster(), "the default": cluster({ enableLegacyAbac: undefined }) },
    fails: { ABAC: cluster({ enableLegacyAbac: true }) },
  },
};

import { cluster } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/** Only RBAC grants permissions. Legacy ABAC gives every service account full access to the API. CIS GKE 1.4: 5.8.4. */
export const gkeNoAbac: Rule = {
  name: "gke-no-abac",
  description: "Legacy authorization (ABAC) is off.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#leave_abac_disabled_default_for_110",
  level: "mandatory",
  types: [CLUSTER],
  problems: ({ props }) =>
    checkProperty(
      props,
      "enableLegacyAbac",
      [false, undefined],
      "ABAC grants permissions that RBAC does not grant",
    ),
  examples: {
    passes: {
      "no ABAC": cluster(),
      "the default": cluster({ enableLegacyAbac: undefined }),
      "null, which is unset": cluster({ enableLegacyAbac: null }),
    },
    fails: { ABAC: cluster({ enableLegacyAbac: true }) },
  },
};

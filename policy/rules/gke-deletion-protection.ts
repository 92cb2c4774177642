import { cluster } from "../examples/gke";
import { read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * A cluster is not deleted, or replaced, by a slip. To destroy one, set it to false and run that one `pulumi up`
 * without the policy pack.
 */
export const gkeDeletionProtection: Rule = {
  name: "gke-deletion-protection",
  description: "The cluster cannot be deleted by mistake.",
  url: "https://www.pulumi.com/registry/packages/gcp/api-docs/container/cluster/#deletionprotection_nodejs",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (read(props, "deletionProtection") === false)
      yield "The cluster can be deleted by mistake: set deletionProtection to true, its default; to destroy it, run the `pulumi up` that clears it without the policy pack.";
  },
  examples: {
    passes: { protected: cluster(), "the default": cluster({ deletionProtection: undefined }) },
    fails: { "not protected": cluster({ deletionProtection: false }) },
  },
};

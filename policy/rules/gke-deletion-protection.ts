import { cluster } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * Deletion protection keeps a cluster from being deleted or replaced by mistake. To destroy a cluster, set it to false, and
 * run that `pulumi up` without the policy pack.
 */
export const gkeDeletionProtection: Rule = {
  name: "gke-deletion-protection",
  description: "The cluster is protected from deletion.",
  url: "https://www.pulumi.com/registry/packages/gcp/api-docs/container/cluster/#deletionprotection_nodejs",
  level: "mandatory",
  types: [CLUSTER],
  problems: ({ props }) =>
    checkProperty(
      props,
      "deletionProtection",
      [true, undefined],
      "otherwise the cluster can be deleted by mistake. To destroy it, set false and run that `pulumi up` without the policy pack",
    ),
  examples: {
    passes: { protected: cluster(), "the default": cluster({ deletionProtection: undefined }) },
    fails: { "not protected": cluster({ deletionProtection: false }) },
  },
};

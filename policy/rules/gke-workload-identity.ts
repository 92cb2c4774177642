import { cluster } from "../examples/gke";
import { given, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/** Pods get identities of their own, instead of the node's or a key in a Secret. CIS GKE 1.4: 5.2.2. */
export const gkeWorkloadIdentity: Rule = {
  name: "gke-workload-identity",
  description: "Pods get identities of their own by Workload Identity.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (!given(read(props, "workloadIdentityConfig", "workloadPool")))
      yield "Pods share the node's identity: set workloadIdentityConfig.workloadPool to PROJECT.svc.id.goog.";
  },
  examples: {
    passes: { "a workload pool": cluster() },
    fails: { "no workload pool": cluster({ workloadIdentityConfig: undefined }) },
  },
};

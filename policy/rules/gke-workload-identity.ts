import { cluster } from "../examples/gke";
import { mayBeSet, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/** Pods have their own identities, instead of the node's identity or a key in a Secret. CIS GKE 1.4: 5.2.2. */
export const gkeWorkloadIdentity: Rule = {
  name: "gke-workload-identity",
  description: "Pods have their own identities, by Workload Identity.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (!mayBeSet(read(props, "workloadIdentityConfig", "workloadPool")))
      yield "workloadIdentityConfig.workloadPool must be set: otherwise pods share the node's identity. Set it to PROJECT.svc.id.goog.";
  },
  examples: {
    passes: { "a workload pool": cluster() },
    fails: { "no workload pool": cluster({ workloadIdentityConfig: undefined }) },
  },
};

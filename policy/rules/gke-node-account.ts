import { autopilotCluster, nodePool } from "../examples/gke";
import { read, UNKNOWN } from "../read";
import type { Rule } from "../rule";
import { CLUSTER, NODE_POOL } from "../types";

/**
 * Nodes run as a service account of their own. The default one of Compute Engine may edit the whole project, and so
 * might whoever takes over a node. CIS GKE 1.4: 5.2.1.
 */
export const gkeNodeAccount: Rule = {
  name: "gke-node-account",
  description: "Nodes run as a service account of their own, not Compute Engine's default one.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa",
  level: "mandatory",
  types: [CLUSTER, NODE_POOL],
  *problems({ type, props }) {
    if (type === NODE_POOL) {
      if (!isOwn(read(props, "nodeConfig", "serviceAccount")))
        yield "The nodes run as Compute Engine's default account: set nodeConfig.serviceAccount to one of their own.";
    } else if (read(props, "enableAutopilot") === true) {
      const defaults = read(props, "clusterAutoscaling", "autoProvisioningDefaults");
      if (!isOwn(read(defaults, "serviceAccount")))
        yield "The nodes run as Compute Engine's default account: set clusterAutoscaling.autoProvisioningDefaults.serviceAccount to one of their own.";
    }
  },
  examples: {
    passes: {
      "a pool with an account of its own": nodePool(),
      "an Autopilot cluster with an account of its own": autopilotCluster(),
    },
    fails: {
      "a pool without an account": nodePool({ node: { serviceAccount: undefined } }),
      "a pool with the default account": nodePool({
        node: { serviceAccount: "123456-compute@developer.gserviceaccount.com" },
      }),
      "a pool with the account named default": nodePool({ node: { serviceAccount: "default" } }),
      "an Autopilot cluster without an account": autopilotCluster({
        clusterAutoscaling: undefined,
      }),
    },
  },
};

function isOwn(account: unknown): boolean {
  if (account === UNKNOWN) return true;
  return (
    typeof account === "string" &&
    account !== "" &&
    account !== "default" &&
    !account.endsWith("-compute@developer.gserviceaccount.com")
  );
}

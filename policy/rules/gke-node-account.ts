import { autopilotCluster, nodePool } from "../examples/gke";
import { got } from "../property";
import { read, UNKNOWN } from "../read";
import type { Rule } from "../rule";
import { CLUSTER, NODE_POOL } from "../types";

/**
 * Nodes have their own service account. Compute Engine's default account can edit the whole project, and so can an
 * attacker on a node that uses it. CIS GKE 1.4: 5.2.1.
 */
export const gkeNodeAccount: Rule = {
  name: "gke-node-account",
  description: "Nodes have their own service account, not Compute Engine's default account.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa",
  level: "mandatory",
  types: [CLUSTER, NODE_POOL],
  *problems({ type, props }) {
    // The node pools of a Standard cluster have their own accounts.
    if (type === CLUSTER && read(props, "enableAutopilot") !== true) return;
    const path =
      type === CLUSTER
        ? ["clusterAutoscaling", "autoProvisioningDefaults", "serviceAccount"]
        : ["nodeConfig", "serviceAccount"];
    const account = read(props, ...path);
    if (!isOwnAccount(account))
      yield `${path.join(".")} must be the nodes' own service account ${got(account)}: Compute Engine's default account can edit the whole project.`;
  },
  examples: {
    passes: {
      "a pool with its own account": nodePool(),
      "an Autopilot cluster with its own account": autopilotCluster(),
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

function isOwnAccount(account: unknown): boolean {
  if (account === UNKNOWN) return true;
  return (
    typeof account === "string" &&
    account !== "" &&
    account !== "default" &&
    !account.endsWith("-compute@developer.gserviceaccount.com")
  );
}

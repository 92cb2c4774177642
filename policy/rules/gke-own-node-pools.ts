import { autopilotCluster, cluster } from "../examples/gke";
import { found, is, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * A Standard cluster drops the pool that it begins with and has no other pool of its own: nodes described on the
 * cluster are beyond the rules about pools, and a change of them replaces the cluster. So are the nodes of the pools
 * that GKE makes by itself, by auto-provisioning. What the cluster says of the pool that goes is let pass: its nodes
 * need a service account where Compute Engine's default one is gone.
 */
export const gkeOwnNodePools: Rule = {
  name: "gke-own-node-pools",
  description: "Nodes belong to pools that are resources of their own.",
  url: "https://www.pulumi.com/registry/packages/gcp/api-docs/container/cluster/#removedefaultnodepool_nodejs",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (is(read(props, "enableAutopilot"), true)) return;
    if (!is(read(props, "removeDefaultNodePool"), true))
      yield "The cluster keeps the pool that it begins with, whose nodes run as Compute Engine's default account: set removeDefaultNodePool to true.";
    if (found(read(props, "nodePools")))
      yield "The cluster has nodes by its nodePools: make them a NodePool.";
    if (read(props, "clusterAutoscaling", "enabled") === true)
      yield "GKE makes pools by itself: set clusterAutoscaling.enabled to false, and give the NodePool autoscaling.";
  },
  examples: {
    passes: {
      "no pool of its own": cluster(),
      "an account for the pool that goes": cluster({
        nodeConfig: { serviceAccount: "server-nodes@my-project.iam.gserviceaccount.com" },
      }),
      "more nodes in the pools that are there": cluster({
        clusterAutoscaling: { enabled: false, autoscalingProfile: "OPTIMIZE_UTILIZATION" },
      }),
      "Autopilot, without pools": autopilotCluster(),
      "Autopilot, which says that it scales": autopilotCluster({
        clusterAutoscaling: {
          enabled: true,
          autoProvisioningDefaults: {
            serviceAccount: "server-nodes@my-project.iam.gserviceaccount.com",
          },
        },
      }),
    },
    fails: {
      "the pool that it begins with": cluster({ removeDefaultNodePool: false }),
      "nodes of the cluster's": cluster({
        removeDefaultNodePool: false,
        nodeConfig: { machineType: "e2-standard-2" },
      }),
      "pools that GKE makes": cluster({ clusterAutoscaling: { enabled: true } }),
      "pools of the cluster's": cluster({ nodePools: [{ name: "default" }] }),
    },
  },
};

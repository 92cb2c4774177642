import { autopilotCluster, cluster } from "../examples/gke";
import { found, is, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * A Standard cluster drops the pool that it begins with and says nothing of nodes itself: nodes described on the
 * cluster are beyond the rules about pools, and a change of them replaces the cluster.
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
    for (const key of ["nodeConfig", "nodePools"]) {
      if (found(read(props, key)))
        yield `The cluster has nodes by its ${key}: make them a NodePool.`;
    }
  },
  examples: {
    passes: { "no pool of its own": cluster(), "Autopilot, without pools": autopilotCluster() },
    fails: {
      "the pool that it begins with": cluster({ removeDefaultNodePool: false }),
      "nodes of the cluster's": cluster({ nodeConfig: { machineType: "e2-standard-2" } }),
      "pools of the cluster's": cluster({ nodePools: [{ name: "default" }] }),
    },
  },
};

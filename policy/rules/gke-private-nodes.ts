import { cluster, nodePool } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { CLUSTER, NODE_POOL } from "../types";

/**
 * Nodes have no public IP addresses, neither by the cluster's default nor in a node pool. So the internet cannot reach
 * them, even with a wrong firewall rule. CIS GKE 1.4: 5.6.5.
 */
export const gkePrivateNodes: Rule = {
  name: "gke-private-nodes",
  description: "Nodes have no public IP addresses.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#restrict_network_access",
  level: "mandatory",
  types: [CLUSTER, NODE_POOL],
  problems: ({ type, props }) =>
    type === CLUSTER
      ? checkProperty(
          props,
          "privateClusterConfig.enablePrivateNodes",
          [true],
          "otherwise nodes get public IP addresses",
        )
      : checkProperty(
          props,
          "networkConfig.enablePrivateNodes",
          [true, undefined],
          "otherwise the pool's nodes get public IP addresses. A pool without it uses the cluster's setting",
        ),
  examples: {
    passes: {
      "a cluster with private nodes": cluster(),
      "a pool with private nodes": nodePool(),
      "a pool with the cluster's setting": nodePool({ networkConfig: {} }),
    },
    fails: {
      "a cluster without the setting": cluster({ privateClusterConfig: undefined }),
      "a cluster with public nodes": cluster({
        privateClusterConfig: { enablePrivateNodes: false },
      }),
      "a pool with public nodes": nodePool({ networkConfig: { enablePrivateNodes: false } }),
    },
  },
};

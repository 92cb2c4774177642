import { cluster, nodePool } from "../examples/gke";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER, NODE_POOL } from "../types";

/**
 * Nodes have no public address, in the cluster and in each of its pools: what listens on a node is out of the
 * internet's reach, whatever a firewall rule comes to say. CIS GKE 1.4: 5.6.5.
 */
export const gkePrivateNodes: Rule = {
  name: "gke-private-nodes",
  description: "Nodes have no public address.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#restrict_network_access",
  level: "mandatory",
  types: [CLUSTER, NODE_POOL],
  *problems({ type, props }) {
    if (type === CLUSTER) {
      if (!is(read(props, "privateClusterConfig", "enablePrivateNodes"), true))
        yield "The cluster's nodes get public addresses: set privateClusterConfig.enablePrivateNodes to true.";
    } else if (read(props, "networkConfig", "enablePrivateNodes") === false)
      yield "The pool's nodes get public addresses: set networkConfig.enablePrivateNodes to true, or leave it to the cluster.";
  },
  examples: {
    passes: {
      "a cluster with private nodes": cluster(),
      "a pool with private nodes": nodePool(),
      "a pool that leaves it to its cluster": nodePool({ networkConfig: {} }),
    },
    fails: {
      "a cluster that says nothing": cluster({ privateClusterConfig: undefined }),
      "a cluster with public nodes": cluster({
        privateClusterConfig: { enablePrivateNodes: false },
      }),
      "a pool with public nodes": nodePool({ networkConfig: { enablePrivateNodes: false } }),
    },
  },
};

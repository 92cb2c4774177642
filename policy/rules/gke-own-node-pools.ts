import { autopilotCluster, cluster } from "../examples/gke";
import { checkProperty } from "../property";
import { isSet, mayBe, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * All nodes of a Standard cluster belong to NodePool resources. The rules about node pools do not see nodes that the
 * cluster resource describes, or pools that GKE creates by auto-provisioning, and changing a node in the cluster resource
 * replaces the cluster. The cluster may describe its default node pool, which Pulumi deletes: its nodes need a service
 * account in projects without Compute Engine's default account.
 */
export const gkeOwnNodePools: Rule = {
  name: "gke-own-node-pools",
  description: "All nodes belong to NodePool resources.",
  url: "https://www.pulumi.com/registry/packages/gcp/api-docs/container/cluster/#removedefaultnodepool_nodejs",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (mayBe(read(props, "enableAutopilot"), true)) return;
    yield* checkProperty(
      props,
      "removeDefaultNodePool",
      [true],
      "the nodes of the default node pool use Compute Engine's default account",
    );
    if (isSet(read(props, "nodePools")))
      yield "nodePools must not be set: the rules about node pools do not check them. Create NodePool resources.";
    yield* checkProperty(
      props,
      "clusterAutoscaling.enabled",
      [false, undefined],
      "the rules about node pools do not check pools that GKE creates. Set autoscaling in the NodePool resource",
    );
  },
  examples: {
    passes: {
      "no nodes in the cluster resource": cluster(),
      "an account for the default node pool, which is deleted": cluster({
        nodeConfig: { serviceAccount: "server-nodes@my-project.iam.gserviceaccount.com" },
      }),
      "an autoscaling profile": cluster({
        clusterAutoscaling: { enabled: false, autoscalingProfile: "OPTIMIZE_UTILIZATION" },
      }),
      Autopilot: autopilotCluster(),
      "Autopilot with auto-provisioning": autopilotCluster({
        clusterAutoscaling: {
          enabled: true,
          autoProvisioningDefaults: {
            serviceAccount: "server-nodes@my-project.iam.gserviceaccount.com",
          },
        },
      }),
    },
    fails: {
      "the default node pool": cluster({ removeDefaultNodePool: false }),
      "the default node pool with its own configuration": cluster({
        removeDefaultNodePool: false,
        nodeConfig: { machineType: "e2-standard-2" },
      }),
      "auto-provisioning": cluster({ clusterAutoscaling: { enabled: true } }),
      "node pools in the cluster resource": cluster({ nodePools: [{ name: "default" }] }),
    },
  },
};

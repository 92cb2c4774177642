import { beforeAll, describe, expect, test } from "vitest";

import { outliving } from "../../../support/teardown";
import { CLUSTER, POOL, recordCluster, type RecordedCluster } from "./recorded-cluster";

interface NodeConfig {
  readonly diskType: string;
  readonly diskSizeGb: number;
}

let standard: RecordedCluster;
beforeAll(async () => {
  standard = await recordCluster();
});

function nodeConfigOf({ of }: RecordedCluster): unknown {
  return of(POOL).inputs["nodeConfig"];
}

describe("Standard", () => {
  test.each<[string, object]>([
    ["Container-Optimized OS", { imageType: "COS_CONTAINERD" }],
    [
      "secure boot and integrity monitoring",
      { shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true } },
    ],
    [
      "a metadata server that hides the identity of the node",
      { workloadMetadataConfig: { mode: "GKE_METADATA" } },
    ],
    ["no legacy metadata endpoints", { metadata: { "disable-legacy-endpoints": "true" } }],
    [
      "a kubelet without read-only port",
      { kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" } },
    ],
    [
      "their own service account, restricted only by IAM",
      {
        serviceAccount: "server-nodes@my-project.iam.gserviceaccount.com",
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
      },
    ],
    ["the network tag of the firewall rule", { tags: ["net-nodes"] }],
    [
      "the cheapest machine type that is large enough, not as Spot VMs",
      { machineType: "e2-standard-2", diskSizeGb: 50, diskType: "pd-balanced", spot: false },
    ],
  ])("has nodes with %s", (_, expected) => {
    expect(nodeConfigOf(standard)).toMatchObject(expected);
  });

  test.each<[string, object]>([
    ["has no public addresses", { networkConfig: { enablePrivateNodes: true } }],
    ["repairs and upgrades itself", { management: { autoRepair: true, autoUpgrade: true } }],
    [
      "scales automatically",
      {
        initialNodeCount: 1,
        autoscaling: { totalMinNodeCount: 1, totalMaxNodeCount: 3, locationPolicy: "BALANCED" },
      },
    ],
    [
      "adds a node before it removes one in an upgrade",
      { upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 } },
    ],
    ["refers to its cluster by name", { cluster: "server", location: "europe-west1-b" }],
  ])("has a pool that %s", (_, expected) => {
    expect(standard.of(POOL).inputs).toMatchObject(expected);
  });

  test("requests the hardening that Autopilot always has", () => {
    expect(standard.cluster).toMatchObject({
      enableShieldedNodes: true,
      enableIntranodeVisibility: true,
      nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: "FALSE" } },
    });
  });

  test("deletes the default node pool, which has the same hardening as its own", () => {
    expect(standard.cluster).toMatchObject({ removeDefaultNodePool: true, initialNodeCount: 1 });
    // Its disks are standard ones: SSDs in three zones would exceed the quota of a new project.
    const { diskType, diskSizeGb, ...hardening } = standard.cluster["nodeConfig"] as NodeConfig;
    expect([diskType, diskSizeGb]).toEqual(["pd-standard", 20]);
    expect(nodeConfigOf(standard)).toMatchObject(hardening);
    expect(standard.cluster["nodeConfig"]).toMatchObject({
      serviceAccount: "server-nodes@my-project.iam.gserviceaccount.com",
      tags: ["net-nodes"],
      shieldedInstanceConfig: { enableSecureBoot: true },
    });
  });

  test("replaces nothing after the autoscaler has changed the number of nodes", () => {
    expect(standard.of(CLUSTER).options.ignoreChanges).toEqual([
      "initialNodeCount",
      "nodeConfig",
      // Google may start to return a value.
      "dataplaneOptimizationMode",
    ]);
    expect(standard.of(POOL).options.ignoreChanges).toEqual(["initialNodeCount"]);
  });

  test("is deleted before its replacement, which has the same ranges and name", () => {
    expect(standard.of(CLUSTER).options.deleteBeforeReplace).toBe(true);
  });

  test("keeps its nodes until all workloads are deleted", () => {
    expect(outliving(standard.resources, "balancer")).toContain(POOL);
  });
});

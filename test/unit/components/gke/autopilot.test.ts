import { beforeAll, describe, expect, test } from "vitest";

import { POOL, recordCluster, type RecordedCluster } from "./recorded-cluster";

let autopilot: RecordedCluster;
beforeAll(async () => {
  autopilot = await recordCluster({ mode: "autopilot" });
});

describe("Autopilot", () => {
  test("is regional and has no node pool", () => {
    expect(autopilot.cluster).toMatchObject({ enableAutopilot: true, location: "europe-west1" });
    expect(autopilot.resources.map(({ name }) => name)).not.toContain(POOL);
  });

  test("gives its nodes the service account, the network tag and a kubelet without read-only port", () => {
    expect(autopilot.cluster).toMatchObject({
      clusterAutoscaling: {
        autoProvisioningDefaults: {
          serviceAccount: "server-nodes@my-project.iam.gserviceaccount.com",
        },
      },
      nodePoolAutoConfig: {
        networkTags: { tags: ["net-nodes"] },
        nodeKubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
      },
    });
  });

  test("leaves to Google what Google chooses for the nodes", () => {
    expect(autopilot.of("server-cluster").options.ignoreChanges).toEqual([
      "initialNodeCount",
      "nodeConfig",
      "dataplaneOptimizationMode",
      "nodePoolAutoConfig.linuxNodeConfig",
    ]);
  });

  test("lets Istio redirect traffic", () => {
    expect(autopilot.cluster).toMatchObject({ allowNetAdmin: true });
  });

  test.each([
    "removeDefaultNodePool",
    "nodeConfig",
    "enableShieldedNodes",
    "enableIntranodeVisibility",
    "nodePoolDefaults",
  ])("leaves out %s, which the provider refuses or ignores there", (key) => {
    expect(autopilot.cluster).not.toHaveProperty(key);
  });
});

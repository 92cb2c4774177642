import { expect, test } from "vitest";

import { POOL, recordCluster } from "./recorded-cluster";

test("every setting reaches its resource", async () => {
  const made = await recordCluster({
    clusterName: "meshed",
    deletionProtection: false,
    binaryAuthorization: false,
    securityPosture: false,
    releaseChannel: "STABLE",
    maintenanceWindow: { days: ["MO", "TU", "WE"], start: "22:30", hours: 4 },
    maintenanceExclusions: [
      {
        name: "holidays",
        start: "2026-12-18T00:00:00Z",
        end: "2027-01-04T00:00:00Z",
        scope: "NO_UPGRADES",
      },
      { name: "hold-minor", start: "2026-12-01T00:00:00Z", scope: "NO_MINOR_UPGRADES" },
    ],
    loggedComponents: ["APISERVER"],
    managedPrometheus: false,
    labels: { team: "mesh" },
    machineType: "n2d-standard-4",
    diskSizeGb: 100,
    bootDiskKey: "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k",
    minNodes: 2,
    maxNodes: 9,
    spot: true,
    upgradeMaxSurge: 2,
    upgradeMaxUnavailable: 1,
  });

  expect(made.cluster).toMatchObject({
    name: "meshed",
    deletionProtection: false,
    binaryAuthorization: { evaluationMode: "DISABLED" },
    securityPostureConfig: { mode: "DISABLED" },
    releaseChannel: { channel: "STABLE" },
    maintenancePolicy: {
      recurringWindow: {
        startTime: "2026-01-03T22:30:00Z",
        endTime: "2026-01-04T02:30:00Z",
        recurrence: "FREQ=WEEKLY;BYDAY=MO,TU,WE",
      },
      maintenanceExclusions: [
        {
          exclusionName: "holidays",
          startTime: "2026-12-18T00:00:00Z",
          endTime: "2027-01-04T00:00:00Z",
          exclusionOptions: { scope: "NO_UPGRADES" },
        },
        {
          exclusionName: "hold-minor",
          startTime: "2026-12-01T00:00:00Z",
          exclusionOptions: { scope: "NO_MINOR_UPGRADES", endTimeBehavior: "UNTIL_END_OF_SUPPORT" },
        },
      ],
    },
    loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "APISERVER"] },
    monitoringConfig: { managedPrometheus: { enabled: false } },
    resourceLabels: { team: "mesh" },
  });
  expect(made.of(POOL).inputs).toMatchObject({
    autoscaling: { totalMinNodeCount: 2, totalMaxNodeCount: 9, locationPolicy: "ANY" },
    upgradeSettings: { maxSurge: 2, maxUnavailable: 1 },
    nodeConfig: {
      machineType: "n2d-standard-4",
      diskSizeGb: 100,
      bootDiskKmsKey: "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k",
      spot: true,
      resourceLabels: { team: "mesh" },
    },
  });
  expect(made.of("server-node-account").inputs).toMatchObject({ accountId: "meshed-nodes" });
  expect(made.of("server-secrets-key").inputs).toMatchObject({ labels: { team: "mesh" } });
});

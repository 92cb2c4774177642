import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";

import { GkeCluster } from "../../../../components/gke/gke-cluster";
import { named, record, type Recorded, valueOf } from "../../../support/record";
import { outliving } from "../../../support/teardown";
import {
  CLUSTER,
  minimal,
  POOL,
  recordCluster,
  type RecordedCluster,
  userOf,
} from "./recorded-cluster";

let standard: RecordedCluster;
let autopilot: RecordedCluster;
beforeAll(async () => {
  standard = await recordCluster();
  autopilot = await recordCluster({ mode: "autopilot" });
});

describe.each([
  ["Standard", () => standard],
  ["Autopilot", () => autopilot],
])("a cluster in %s", (_, made) => {
  test.each<[string, object]>([
    ["is protected from deletion", { deletionProtection: true }],
    ["has private nodes", { privateClusterConfig: { enablePrivateNodes: true } }],
    [
      "has only a DNS endpoint, which accepts only IAM credentials",
      {
        controlPlaneEndpointsConfig: {
          dnsEndpointConfig: {
            allowExternalTraffic: true,
            enableK8sTokensViaDns: false,
            enableK8sCertsViaDns: false,
          },
          ipEndpointsConfig: { enabled: false },
        },
      },
    ],
    [
      "is VPC-native and uses the ranges of its network",
      {
        networkingMode: "VPC_NATIVE",
        network: "net-vpc-id",
        subnetwork: "net-subnet-id",
        ipAllocationPolicy: {
          clusterSecondaryRangeName: "pods",
          servicesSecondaryRangeName: "services",
        },
      },
    ],
    ["enforces NetworkPolicies with Dataplane V2", { datapathProvider: "ADVANCED_DATAPATH" }],
    [
      "gives pods their own identities",
      { workloadIdentityConfig: { workloadPool: "my-project.svc.id.goog" } },
    ],
    ["follows the regular release channel", { releaseChannel: { channel: "REGULAR" } }],
    [
      "is upgraded on weekends",
      {
        maintenancePolicy: {
          recurringWindow: {
            startTime: "2026-01-03T01:00:00Z",
            endTime: "2026-01-03T09:00:00Z",
            recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
          },
        },
      },
    ],
    [
      "encrypts Secrets with its own key",
      { databaseEncryption: { state: "ENCRYPTED", keyName: "server-secrets-key-id" } },
    ],
    [
      "enforces the project's Binary Authorization policy",
      { binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" } },
    ],
    ["is checked by the security posture dashboard", { securityPostureConfig: { mode: "BASIC" } }],
    [
      "issues no client certificate",
      { masterAuth: { clientCertificateConfig: { issueClientCertificate: false } } },
    ],
    ["has no ABAC", { enableLegacyAbac: false }],
    ["runs no alpha features", { enableKubernetesAlpha: false }],
    [
      "lets anonymous requests reach only health checks",
      { anonymousAuthenticationConfig: { mode: "LIMITED" } },
    ],
    [
      "allows no role for anonymous users or for everyone with a Google account",
      {
        rbacBindingConfig: {
          enableInsecureBindingSystemAuthenticated: false,
          enableInsecureBindingSystemUnauthenticated: false,
        },
      },
    ],
    ["allows no Service with external IPs", { serviceExternalIpsConfig: { enabled: false } }],
    [
      "logs system components and workloads",
      { loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] } },
    ],
    [
      "collects metrics with managed Prometheus",
      {
        monitoringConfig: {
          enableComponents: ["SYSTEM_COMPONENTS"],
          managedPrometheus: { enabled: true },
        },
      },
    ],
    ["splits costs by namespace", { costManagementConfig: { enabled: true } }],
  ])("%s", (__, expected) => {
    expect(made().cluster).toMatchObject(expected);
  });

  test("has a service account for its nodes, with only the roles of a node", () => {
    const { of, resources } = made();

    expect(of("server-node-account").inputs).toMatchObject({ accountId: "server-nodes" });
    expect(rolesOf(resources, "server-nodes@my-project.iam.gserviceaccount.com")).toEqual([
      "roles/artifactregistry.reader",
      "roles/container.defaultNodeServiceAccount",
    ]);
  });

  test("is deleted after its workloads, and before its network, account and key", () => {
    const { resources } = made();

    expect([...outliving(resources, "balancer")]).toEqual(
      expect.arrayContaining(["cluster", CLUSTER, ...DELETED_AFTER_THE_CLUSTER]),
    );
    expect([...outliving(resources, CLUSTER)]).toEqual(
      expect.arrayContaining(DELETED_AFTER_THE_CLUSTER),
    );
  });

  test("creates all resources in its project and as its children", () => {
    for (const { name, type, inputs, options } of made().resources) {
      if (!name.startsWith("server-")) continue;
      expect(options.parent).toBe("server");
      if (!type.startsWith("gcp:kms/cryptoKey")) expect(inputs["project"]).toBe("my-project");
    }
  });

  test("has an identifier that changes only if the cluster is replaced", async () => {
    expect(await valueOf(made().component.clusterIdentifier)).toBe("server-cluster-id");
  });

  test("has no secret inputs, and no credentials in its kubeconfig", async () => {
    const { component, resources } = made();

    expect(resources.filter(({ options }) => options.secretInputs)).toEqual([]);
    expect(await pulumi.isSecret(component.kubeconfig)).toBe(false);
    expect(Object.keys(userOf(await valueOf(component.kubeconfig)))).toEqual(["exec"]);
  });
});

const DELETED_AFTER_THE_CLUSTER = [
  "net-nat-gateway",
  "net-nat-address",
  "net-subnet",
  "net-vpc",
  "server-node-account-node",
  "server-node-account-images",
  "server-node-account",
  "server-secrets-key",
  "server-secrets-key-user",
  "server-container-api",
];

describe("a cluster without the argument network", () => {
  let resources: readonly Recorded[];
  let made: GkeCluster;
  beforeAll(async () => {
    resources = await record(() => {
      made = new GkeCluster("server", { ...minimal, reserveIngressAddress: true });
    });
  });

  test("creates its own network, which is deleted last", () => {
    expect(named(resources, "server-network").options.parent).toBe("server");
    expect(named(resources, CLUSTER).inputs["network"]).toBe("server-network-vpc-id");
    expect([...outliving(resources, POOL)]).toEqual(
      expect.arrayContaining(["server-network", "server-network-vpc", "server-network-subnet"]),
    );
  });

  test("has a network with static addresses", async () => {
    const { natAddress, reservedIngressAddress } = made.ownNetwork ?? {};
    expect(await valueOf(pulumi.output(natAddress))).toBe("address of server-network-nat-address");
    expect(await valueOf(pulumi.output(reservedIngressAddress))).toBe(
      "address of server-network-ingress-address",
    );
  });
});

/** The roles that bindings anywhere in the program give to `email`. */
function rolesOf(resources: readonly Recorded[], email: string): unknown[] {
  return resources
    .filter(({ inputs }) => inputs["member"] === `serviceAccount:${email}`)
    .map(({ inputs }) => inputs["role"])
    .sort();
}

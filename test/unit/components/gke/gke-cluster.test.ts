import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";

import type { GkeSettings } from "../../../../components/gke/settings";
import { GkeCluster } from "../../../../components/gke/gke-cluster";
import { Network } from "../../../../components/gke/network";
import { named, record, type Recorded, valueOf } from "../../../support/record";
import { outliving } from "../../../support/teardown";

const minimal: GkeSettings = { project: "my-project", region: "europe-west1" };

/** A cluster with its network, and on it a provider as the stacks make it, with a load balancer. */
async function gke(overrides: Partial<GkeSettings> = {}) {
  let made: GkeCluster | undefined;
  const resources = await record(() => {
    const settings = { ...minimal, ...overrides };
    const network = new Network("net", settings);
    made = new GkeCluster("server", { ...settings, network });
    const { kubeconfig, clusterIdentifier } = made;
    const provider = new k8s.Provider("cluster", { kubeconfig, clusterIdentifier });
    new k8s.core.v1.Service("balancer", { spec: { type: "LoadBalancer" } }, { provider });
  });
  if (!made) throw new Error("no cluster was made");
  return { made, resources, of: (name: string) => named(resources, name) };
}

type Made = Awaited<ReturnType<typeof gke>>;

let standard: Made;
let autopilot: Made;
beforeAll(async () => {
  standard = await gke();
  autopilot = await gke({ mode: "autopilot" });
});

const CLUSTER = "server-cluster";
const POOL = "server-pool";

function cluster({ of }: Made): Record<string, unknown> {
  return of(CLUSTER).inputs;
}

function node({ of }: Made): unknown {
  return of(POOL).inputs["nodeConfig"];
}

describe.each([
  ["Standard", () => standard],
  ["Autopilot", () => autopilot],
])("a cluster in %s", (_, made) => {
  test.each<[string, object]>([
    ["cannot be deleted by mistake", { deletionProtection: true }],
    ["has private nodes", { privateClusterConfig: { enablePrivateNodes: true } }],
    [
      "is reached by its DNS name alone, with IAM's credentials alone",
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
      "is VPC-native, in the ranges of its network",
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
    ["enforces NetworkPolicies by Dataplane V2", { datapathProvider: "ADVANCED_DATAPATH" }],
    [
      "gives pods identities of their own",
      { workloadIdentityConfig: { workloadPool: "my-project.svc.id.goog" } },
    ],
    ["follows the regular release channel", { releaseChannel: { channel: "REGULAR" } }],
    [
      "is upgraded at weekends",
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
      "encrypts Secrets with a key of its own",
      { databaseEncryption: { state: "ENCRYPTED", keyName: "server-secrets-key-id" } },
    ],
    [
      "holds images to the project's Binary Authorization policy",
      { binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" } },
    ],
    ["is watched by the security posture dashboard", { securityPostureConfig: { mode: "BASIC" } }],
    [
      "issues no client certificate",
      { masterAuth: { clientCertificateConfig: { issueClientCertificate: false } } },
    ],
    ["has no ABAC", { enableLegacyAbac: false }],
    ["runs no alpha features", { enableKubernetesAlpha: false }],
    [
      "shows strangers its health and no more",
      { anonymousAuthenticationConfig: { mode: "LIMITED" } },
    ],
    [
      "binds no role to strangers or to everyone with a Google account",
      {
        rbacBindingConfig: {
          enableInsecureBindingSystemAuthenticated: false,
          enableInsecureBindingSystemUnauthenticated: false,
        },
      },
    ],
    ["lets no Service claim an address", { serviceExternalIpsConfig: { enabled: false } }],
    [
      "logs its own components and the workloads",
      { loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] } },
    ],
    [
      "is measured, with managed Prometheus",
      {
        monitoringConfig: {
          enableComponents: ["SYSTEM_COMPONENTS"],
          managedPrometheus: { enabled: true },
        },
      },
    ],
    ["splits its cost by namespace", { costManagementConfig: { enabled: true } }],
  ])("%s", (__, expected) => {
    expect(cluster(made())).toMatchObject(expected);
  });

  test("has nodes that run as an account of their own, with the roles of a node and no other", () => {
    const { of, resources } = made();

    expect(of("server-node-account").inputs).toMatchObject({ accountId: "server-nodes" });
    expect(rolesOf(resources, "server-nodes@my-project.iam.gserviceaccount.com")).toEqual([
      "roles/artifactregistry.reader",
      "roles/container.defaultNodeServiceAccount",
    ]);
  });

  test("outlives what runs on it, and its network, account and key outlive it", () => {
    const { resources } = made();

    expect([...outliving(resources, "balancer")]).toEqual(
      expect.arrayContaining(["cluster", CLUSTER, ...OUTLIVING_THE_CLUSTER]),
    );
    expect([...outliving(resources, CLUSTER)]).toEqual(
      expect.arrayContaining(OUTLIVING_THE_CLUSTER),
    );
  });

  test("has all its parts in the project that was named, and itself for a parent", () => {
    for (const { name, type, inputs, options } of made().resources) {
      if (!name.startsWith("server-")) continue;
      expect(options.parent).toBe("server");
      if (!type.startsWith("gcp:kms/cryptoKey")) expect(inputs["project"]).toBe("my-project");
    }
  });

  test("is another one to the Kubernetes provider only when it is another one", async () => {
    expect(await valueOf(made().made.clusterIdentifier)).toBe("server-cluster-id");
  });

  test("holds no secret in its inputs, and no credential in its kubeconfig", async () => {
    const { made: component, resources } = made();

    expect(resources.filter(({ options }) => options.secretInputs)).toEqual([]);
    expect(await pulumi.isSecret(component.kubeconfig)).toBe(false);
    expect(Object.keys(user(await valueOf(component.kubeconfig)))).toEqual(["exec"]);
  });
});

const OUTLIVING_THE_CLUSTER = [
  "net-nat-gateway",
  "net-nat-address",
  "net-webhooks",
  "net-subnet",
  "net-vpc",
  "server-node-account-node",
  "server-node-account-images",
  "server-node-account",
  "server-secrets-key",
  "server-secrets-key-user",
  "server-container-api",
];

describe("Standard", () => {
  test.each<[string, object]>([
    ["boot images of Google's", { imageType: "COS_CONTAINERD" }],
    [
      "a boot that is verified and measured",
      { shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true } },
    ],
    [
      "a metadata server that hides the node's identity",
      { workloadMetadataConfig: { mode: "GKE_METADATA" } },
    ],
    ["no legacy metadata endpoints", { metadata: { "disable-legacy-endpoints": "true" } }],
    [
      "no read-only port of the kubelet",
      { kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" } },
    ],
    [
      "an account of their own, and what it may do is up to IAM",
      {
        serviceAccount: "server-nodes@my-project.iam.gserviceaccount.com",
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
      },
    ],
    ["the tag that the firewall knows", { tags: ["net-nodes"] }],
    [
      "the cheapest size that fits, for good",
      { machineType: "e2-standard-2", diskSizeGb: 50, diskType: "pd-balanced", spot: false },
    ],
  ])("has nodes with %s", (_, expected) => {
    expect(node(standard)).toMatchObject(expected);
  });

  test.each<[string, object]>([
    ["has no public addresses", { networkConfig: { enablePrivateNodes: true } }],
    ["repairs and upgrades itself", { management: { autoRepair: true, autoUpgrade: true } }],
    [
      "grows and shrinks within bounds",
      {
        initialNodeCount: 1,
        autoscaling: { totalMinNodeCount: 1, totalMaxNodeCount: 3, locationPolicy: "BALANCED" },
      },
    ],
    [
      "adds a node before it takes one away",
      { upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 } },
    ],
    ["names its cluster by name", { cluster: "server", location: "europe-west1-b" }],
  ])("has a pool that %s", (_, expected) => {
    expect(standard.of(POOL).inputs).toMatchObject(expected);
  });

  test("is hardened where Autopilot needs no telling", () => {
    expect(cluster(standard)).toMatchObject({
      enableShieldedNodes: true,
      enableIntranodeVisibility: true,
      nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: "FALSE" } },
    });
  });

  test("drops the pool that it begins with, whose node is as guarded as the others", () => {
    expect(cluster(standard)).toMatchObject({ removeDefaultNodePool: true, initialNodeCount: 1 });
    expect(node(standard)).toMatchObject(cluster(standard)["nodeConfig"] as object);
    expect(cluster(standard)["nodeConfig"]).toMatchObject({
      serviceAccount: "server-nodes@my-project.iam.gserviceaccount.com",
      tags: ["net-nodes"],
      shieldedInstanceConfig: { enableSecureBoot: true },
    });
  });

  test("replaces nothing when the autoscaler has changed the number of nodes", () => {
    expect(standard.of(CLUSTER).options.ignoreChanges).toEqual(["initialNodeCount", "nodeConfig"]);
    expect(standard.of(POOL).options.ignoreChanges).toEqual(["initialNodeCount"]);
  });

  test("makes way for its successor, whose ranges and name are the same", () => {
    expect(standard.of(CLUSTER).options.deleteBeforeReplace).toBe(true);
  });

  test("keeps its nodes until all that runs on them is gone", () => {
    expect(outliving(standard.resources, "balancer")).toContain(POOL);
  });
});

describe("Autopilot", () => {
  test("is regional, without a pool", () => {
    expect(cluster(autopilot)).toMatchObject({ enableAutopilot: true, location: "europe-west1" });
    expect(autopilot.resources.map(({ name }) => name)).not.toContain(POOL);
  });

  test("gives its nodes their account, the firewall's tag and no read-only port", () => {
    expect(cluster(autopilot)).toMatchObject({
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

  test("lets Istio set up its redirection", () => {
    expect(cluster(autopilot)).toMatchObject({ allowNetAdmin: true });
  });

  test.each([
    "removeDefaultNodePool",
    "nodeConfig",
    "enableShieldedNodes",
    "enableIntranodeVisibility",
    "nodePoolDefaults",
  ])("is not told %s, which the provider refuses there or ignores", (key) => {
    expect(cluster(autopilot)).not.toHaveProperty(key);
  });
});

describe("where it is", () => {
  test.each<[Partial<GkeSettings>, object]>([
    [{}, { location: "europe-west1-b" }],
    [{ zones: ["europe-west1-c"] }, { location: "europe-west1-c" }],
    [
      { zones: ["europe-west1-c", "europe-west1-d"] },
      { location: "europe-west1-c", nodeLocations: ["europe-west1-d"] },
    ],
    [{ locationType: "regional" }, { location: "europe-west1" }],
    [
      { locationType: "regional", zones: ["europe-west1-b", "europe-west1-c"] },
      { location: "europe-west1", nodeLocations: ["europe-west1-b", "europe-west1-c"] },
    ],
  ])("%j", async (settings, expected) => {
    const inputs = cluster(await gke(settings));
    const { location, nodeLocations } = inputs;

    expect({ location, ...(nodeLocations !== undefined && { nodeLocations }) }).toEqual(expected);
  });
});

describe("authorized networks", () => {
  const office = { cidr: "203.0.113.0/24", name: "office" };
  const byAddress = {
    controlPlaneAccess: "authorizedNetworks",
    authorizedNetworks: [office],
  } as const;

  test("alone reach the address, and no name does", async () => {
    expect(cluster(await gke(byAddress))).toMatchObject({
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false },
      controlPlaneEndpointsConfig: {
        dnsEndpointConfig: { allowExternalTraffic: false },
        ipEndpointsConfig: { enabled: true },
      },
      masterAuthorizedNetworksConfig: {
        cidrBlocks: [{ cidrBlock: "203.0.113.0/24", displayName: "office" }],
        gcpPublicCidrsAccessEnabled: false,
        privateEndpointEnforcementEnabled: true,
      },
    });
  });

  test("are told the address and the CA, which is no secret", async () => {
    const { made } = await gke(byAddress);

    expect(await pulumi.isSecret(made.kubeconfig)).toBe(false);
    expect(endpoint(await valueOf(made.kubeconfig))).toEqual({
      server: "https://198.51.100.1",
      "certificate-authority-data": "ca of server-cluster",
    });
  });

  test("may be private ones", async () => {
    const { made, of } = await gke({ ...byAddress, privateEndpoint: true });

    expect(of(CLUSTER).inputs).toMatchObject({
      privateClusterConfig: { enablePrivateEndpoint: true },
    });
    expect(endpoint(await valueOf(made.kubeconfig))).toMatchObject({
      server: "https://172.16.0.2",
    });
  });

  test("are not set for a control plane without an address, where they would differ at each preview", () => {
    expect(cluster(standard)).not.toHaveProperty("masterAuthorizedNetworksConfig");
    expect(cluster(standard)["privateClusterConfig"]).toEqual({
      enablePrivateNodes: true,
      masterIpv4CidrBlock: "172.16.0.0/28",
    });
  });
});

test("the kubeconfig names the cluster as gcloud does, and asks gcloud's plugin who the user is", async () => {
  const text = await valueOf(standard.made.kubeconfig);

  expect(JSON.parse(text)).toMatchObject({
    "current-context": "gke_my-project_europe-west1-b_server",
  });
  expect(endpoint(text)).toEqual({ server: "https://server-cluster.example.gke.goog" });
  expect(user(text)).toMatchObject({
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "gke-gcloud-auth-plugin",
      provideClusterInfo: true,
    },
  });
});

describe("the key of the Secrets", () => {
  test("rotates every 90 days, and GKE's agent alone may use it", () => {
    expect(standard.of("server-keys").inputs).toMatchObject({ location: "europe-west1" });
    expect(standard.of("server-secrets-key").inputs).toMatchObject({ rotationPeriod: "7776000s" });
    expect(standard.of("server-secrets-key-user").inputs).toMatchObject({
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: "serviceAccount:agent of container.googleapis.com",
    });
  });

  test("may be the user's", async () => {
    const secretsKey = "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k";
    const made = await gke({ secretsKey });

    expect(cluster(made)).toMatchObject({
      databaseEncryption: { state: "ENCRYPTED", keyName: secretsKey },
    });
    expect(made.resources.filter(({ type }) => type.startsWith("gcp:kms/"))).toEqual([]);
  });

  test("may be Google's", async () => {
    const made = await gke({ secretsKey: "none" });

    expect(cluster(made)).toMatchObject({ databaseEncryption: { state: "DECRYPTED" } });
    expect(made.resources.filter(({ type }) => type.startsWith("gcp:kms/"))).toEqual([]);
  });
});

test("what users differ in is theirs to set", async () => {
  const made = await gke({
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

  expect(cluster(made)).toMatchObject({
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

describe("the APIs", () => {
  const services = ({ resources }: Made) =>
    resources
      .filter(({ type }) => type === "gcp:projects/service:Service")
      .map(({ inputs }) => inputs["service"]);

  test("that are needed are enabled, and stay when the cluster goes", () => {
    expect(services(standard)).toEqual([
      "compute.googleapis.com",
      "container.googleapis.com",
      "iam.googleapis.com",
      "cloudkms.googleapis.com",
      "binaryauthorization.googleapis.com",
    ]);
    expect(standard.of("server-container-api").inputs["disableOnDestroy"]).toBe(false);
  });

  test("that are not needed are not", async () => {
    expect(services(await gke({ secretsKey: "none", binaryAuthorization: false }))).toEqual([
      "compute.googleapis.com",
      "container.googleapis.com",
      "iam.googleapis.com",
    ]);
  });

  test("are left alone when the program may not enable them", async () => {
    expect(services(await gke({ enableApis: false }))).toEqual([]);
  });
});

/** The roles that bindings anywhere in the program give to `email`. */
function rolesOf(resources: readonly Recorded[], email: string): unknown[] {
  return resources
    .filter(({ inputs }) => inputs["member"] === `serviceAccount:${email}`)
    .map(({ inputs }) => inputs["role"])
    .sort();
}

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: object }];
  readonly users: readonly [{ readonly user: object }];
}

function endpoint(kubeconfig: string): object {
  return (JSON.parse(kubeconfig) as Kubeconfig).clusters[0].cluster;
}

function user(kubeconfig: string): object {
  return (JSON.parse(kubeconfig) as Kubeconfig).users[0].user;
}

describe("a cluster that is given no network", () => {
  let resources: readonly Recorded[];
  let made: GkeCluster;
  beforeAll(async () => {
    resources = await record(() => {
      made = new GkeCluster("server", { ...minimal, reserveIngressAddress: true });
    });
  });

  test("makes one of its own, which goes last", () => {
    expect(named(resources, "server-network").options.parent).toBe("server");
    expect(named(resources, CLUSTER).inputs["network"]).toBe("server-network-vpc-id");
    expect([...outliving(resources, POOL)]).toEqual(
      expect.arrayContaining(["server-network", "server-network-vpc", "server-network-subnet"]),
    );
  });

  test("has the addresses of its network", async () => {
    const { natAddress, ingressAddress } = made.ownNetwork ?? {};
    expect(await valueOf(pulumi.output(natAddress))).toBe("address of server-network-nat-address");
    expect(await valueOf(pulumi.output(ingressAddress))).toBe(
      "address of server-network-ingress-address",
    );
  });
});

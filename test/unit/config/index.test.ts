import { describe, expect, test } from "vitest";

import { parseConfig } from "../../../config";
import {
  clientConfig,
  complaints,
  project,
  rawConfig,
  serverConfig,
  type Settings,
} from "../../support/config";

const service = { host: "a.example.com", namespace: "shop", service: "web", port: 80 };
const partner = { name: "p", dnsName: "p.example.com", trustDomain: "p.example.com" };
const kubeconfig = "apiVersion: v1\nkind: Config\nclusters: []\n";

describe("the committed stack files", () => {
  test("server: one service, one client, on GKE, behind a load balancer", () => {
    expect(serverConfig()).toMatchObject({
      role: "server",
      cluster: { from: "gke", settings: { project: "my-project", region: "europe-west1" } },
      minTlsVersion: "1.2",
      services: [{ host: "application.demodomain21.com", port: 8000 }],
      clients: [{ name: "client", namespace: "httpbin", serviceAccount: "istio-egressgateway" }],
      exposure: { type: "LoadBalancer", sourceRanges: [] },
      certificates: { rootHours: 87600, intermediateHours: 8760, leafHours: 2160 },
      sampleService: true,
    });
  });

  test("client: all the server's hosts, by a dedicated egress gateway", () => {
    expect(clientConfig()).toMatchObject({
      role: "client",
      serverStack: "server",
      hosts: [],
      egressGateway: "dedicated",
      intermediateKey: "server",
      callers: [{ serviceAccount: "client" }],
      networkPolicy: true,
      testPod: true,
    });
  });
});

test("every key of Pulumi.yaml has a description", () => {
  const undescribed = Object.entries(project.config)
    .filter(([, key]) => !("description" in key))
    .map(([name]) => name);
  expect(undescribed).toEqual([]);
});

test("keys of other Pulumi projects and packages are ignored", () => {
  const raw = { ...rawConfig("server"), "gcp:project": "p", "pulumi:tags": "{}" };
  expect(parseConfig(project.name, raw)).toEqual(serverConfig());
});

test("the root's key is protected on GKE, unless the configuration says otherwise", () => {
  const elsewhere = { cluster: "kubeconfig", kubeconfig };
  expect(serverConfig().protectRoot).toBe(true);
  expect(serverConfig(elsewhere).protectRoot).toBe(false);
  expect(serverConfig({ protectRoot: "never" }).protectRoot).toBe(false);
  expect(serverConfig({ ...elsewhere, protectRoot: "always" }).protectRoot).toBe(true);
});

const gke = { project: "my-project", region: "europe-west1" };

/** Each wrong setting, and what its message must say: key, allowed values, value, remedy. */
type Wrong = readonly ["server" | "client", Settings, RegExp];

const wrong: readonly Wrong[] = [
  ["server", { role: "middle" }, /istio-mtls:role: must be "server" or "client" \(got "middle"\)/],
  ["server", { role: undefined }, /istio-mtls:role: is missing: .*pulumi config set role VALUE/],
  ["server", { trustDomain: undefined }, /istio-mtls:trustDomain: is missing: .*set trustDomain/],
  [
    "server",
    { trustDomian: "x.example.com" },
    /istio-mtls:trustDomian: is not a known key: remove it or correct its name/,
  ],
  ["server", { cluster: "eks" }, /istio-mtls:cluster: must be "gke" or "kubeconfig" \(got "eks"\)/],
  [
    "server",
    { gke: {} },
    /istio-mtls:gke: is missing with cluster "gke": set at least project and region/,
  ],
  [
    "server",
    { gke: { project: "my-project" } },
    /istio-mtls:gke.region: is missing: .*--path 'gke.region'/,
  ],
  [
    "server",
    { gke: { ...gke, region: "Mars" } },
    /istio-mtls:gke.region: must be a region \(got "Mars"\): use/,
  ],
  [
    "server",
    { gke: { ...gke, minNodes: 5, maxNodes: 2 } },
    /istio-mtls:gke.maxNodes: must be at least minNodes, 5 \(got 2\): raise/,
  ],
  [
    "server",
    { gke: { ...gke, mode: "classic" } },
    /istio-mtls:gke.mode: must be "standard" or "autopilot" \(got "classic"\)/,
  ],
  [
    "server",
    { minTlsVersion: "1.1" },
    /istio-mtls:minTlsVersion: must be "1.2" or "1.3" \(got "1.1"\)/,
  ],
  [
    "server",
    { istioVersion: "latest" },
    /istio-mtls:istioVersion: must be a version \(got "latest"\): use three numbers, such as/,
  ],
  [
    "server",
    { istioRevision: "1.31" },
    /istio-mtls:istioRevision: must be a revision's name \(got "1.31"\)/,
  ],
  ["client", { istioCanary: { revision: "new" } }, /istioCanary.version: is missing/],
  [
    "client",
    { istioCanary: { revision: "new", version: "1.32.0", serves: "all" } },
    /istioCanary.serves: must be "nothing", "gateways" or "everything" \(got "all"\)/,
  ],
  [
    "server",
    { istioCanary: { revision: "default", version: "1.32.0" } },
    /istioCanary.revision: must differ from istioRevision \(got "default"\): .* such as "1-32-0"/,
  ],
  [
    "server",
    { istioCanary: { revision: "new", version: "1.34.0" } },
    /istioCanary.version: must be at most 2 minor versions from istioVersion \d+\.\d+\.\d+ \(got "1.34.0"\): upgrade in steps/,
  ],
  [
    "server",
    { istioCanary: { revision: "new", version: "2.31.0" } },
    /istioCanary.version: must be at most .* \(got "2.31.0"\)/,
  ],
  [
    "server",
    { protectRoot: "true" },
    /protectRoot: must be "onGke", "always" or "never" \(got "true"\)/,
  ],
  ["server", { istioValues: { pilot: {} } }, /istio-mtls:istioValues.pilot: is not a known key/],
  [
    "server",
    { namespace: "Http_Bin" },
    /istio-mtls:namespace: must be a Kubernetes name \(got "Http_Bin"\): use/,
  ],
  ["server", { services: [] }, /istio-mtls:services: must not be empty: add the services/],
  ["server", { services: "web" }, /istio-mtls:services: must be a list \(got "web"\): edit/],
  [
    "server",
    { services: [{ ...service, host: "not a host" }] },
    /services\[0\].host: must be a DNS name \(got "not a host"\): use lowercase/,
  ],
  [
    "server",
    { services: [{ ...service, host: "203.0.113.9" }] },
    /services\[0\].host: must be a DNS name \(got "203.0.113.9"\)/,
  ],
  [
    "server",
    { services: [{ ...service, host: "localhost" }] },
    /services\[0\].host: must be a DNS name \(got "localhost"\)/,
  ],
  [
    "server",
    { services: [{ ...service, port: 70000 }] },
    /services\[0\].port: must be an integer from 1 to 65535 \(got 70000\)/,
  ],
  [
    "server",
    { services: [{ ...service, port: undefined }] },
    /services\[0\].port: is missing: .*--path 'services\[0\].port'/,
  ],
  [
    "server",
    { services: [service, service] },
    /services\[1\].host: must be unique \(got "a.example.com"\)/,
  ],
  ["server", { clients: [] }, /istio-mtls:clients: must not be empty: add the client meshes/],
  [
    "server",
    { clients: [partner, { ...partner, dnsName: "q.example.com", trustDomain: "q.example.com" }] },
    /clients\[1\].name: must be unique \(got "p"\): give each entry its own name/,
  ],
  [
    "server",
    { clients: [partner, { ...partner, name: "q", trustDomain: "q.example.com" }] },
    /clients\[1\].dnsName: must be unique \(got "p.example.com"\)/,
  ],
  [
    "server",
    { clients: [partner, { ...partner, name: "q", dnsName: "q.example.com" }] },
    /clients\[1\].trustDomain: must be unique \(got "p.example.com"\)/,
  ],
  [
    "server",
    { clients: [{ ...partner, trustDomain: "server.demodomain21.com" }] },
    /clients\[0\].trustDomain: must differ from the server's trustDomain \(got "server.demodomain21.com"\)/,
  ],
  [
    "server",
    { clients: [{ ...partner, signingRequestPem: "x" }] },
    /signingRequestPem: must be a signing request in PEM \(value not shown\): paste/,
  ],
  [
    "server",
    { certificates: { leafHours: 0 } },
    /certificates.leafHours: must be an integer from 3 to 439200 \(got 0\)/,
  ],
  [
    "server",
    { certificates: { leafHours: 2.5 } },
    /certificates.leafHours: must be an integer .* \(got 2.5\)/,
  ],
  [
    "server",
    { certificates: { leafHours: 8760 } },
    /certificates.leafHours: must be at most 2920, .* \(got 8760\)/,
  ],
  [
    "server",
    { certificates: { rootHours: 8760 } },
    /certificates.intermediateHours: must be at most 2920, .* \(got 8760\)/,
  ],
  [
    "server",
    { observability: { prometheus: "yes" } },
    /observability.prometheus: must be "install", "operator" or "managed" \(got "yes"\)/,
  ],
  [
    "client",
    { observability: { kiali: true } },
    /observability.prometheus: is missing: .*--path 'observability.prometheus'/,
  ],
  [
    "server",
    { observability: { prometheus: "operator", kiali: true } },
    /observability.kiali: has no effect with prometheus "operator" \(got true\): remove it, or set prometheus to "install"/,
  ],
  [
    "server",
    { observability: { prometheus: "install", labels: {} } },
    /observability.labels: has no effect with prometheus "install" \(got an object\): .*to "operator"/,
  ],
  [
    "client",
    { observability: { prometheus: "install", prometheusVersion: "latest" } },
    /observability.prometheusVersion: must be a version \(got "latest"\): use three numbers, such as/,
  ],
  [
    "server",
    { observability: { prometheus: "install", kialiCharts: "" } },
    /observability.kialiCharts: must be a chart source \(got ""\): name a repository/,
  ],
  [
    "server",
    { observability: { prometheus: "install", grafana: true } },
    /observability.grafana: is not a known key/,
  ],
  [
    "server",
    { gke: { ...gke, managedPrometheus: false }, observability: { prometheus: "managed" } },
    /observability.prometheus: must not be "managed" while gke.managedPrometheus is false: set gke.managedPrometheus to true/,
  ],
  [
    "server",
    { ingressType: "ClusterIP" },
    /ingressType: must be "LoadBalancer", "Internal" or "NodePort" \(got "ClusterIP"\)/,
  ],
  [
    "server",
    { ingressType: "NodePort" },
    /ingressNodeAddress: is missing with ingressType "NodePort": enter the address of a node/,
  ],
  [
    "server",
    { ingressSourceRanges: ["203.0.113.0"] },
    /ingressSourceRanges\[0\]: must be a CIDR range \(got "203.0.113.0"\)/,
  ],
  ["server", { sampleService: "yes" }, /sampleService: must be true or false \(got "yes"\)/],
  [
    "server",
    { rootCommonName: "x".repeat(65) },
    /rootCommonName: must be a name of 1 to 64 characters/,
  ],
  [
    "client",
    { egressGateway: "none" },
    /egressGateway: must be "dedicated" or "shared" \(got "none"\)/,
  ],
  [
    "client",
    { intermediateKey: "hsm" },
    /intermediateKey: must be "server" or "client" \(got "hsm"\)/,
  ],
  [
    "client",
    { serverStack: "a/b" },
    /serverStack: must be the name of a stack \(got "a\/b"\): use STACK, or ORGANIZATION/,
  ],
  [
    "client",
    { serverAddresses: [{ address: "203.0.113.64:443" }] },
    /serverAddresses\[0\].address: must be an IP address or a DNS name \(got "203.0.113.64:443"\)/,
  ],
  [
    "client",
    { serverAddresses: [{ address: "203.0.113.64" }, { address: "203.0.113.64" }] },
    /serverAddresses\[1\].address: must be unique \(got "203.0.113.64"\)/,
  ],
  [
    "client",
    {
      serverAddresses: [{ address: "203.0.113.64", locality: "eu" }, { address: "lb.example.com" }],
    },
    /serverAddresses\[1\].locality: is missing, although another address has one: give each/,
  ],
  [
    "client",
    { additionalServers: ["warehouse"] },
    /additionalServers\[0\]: must be an object \(got "warehouse"\): write its name, such as name: warehouse/,
  ],
  [
    "client",
    { additionalServers: [{ name: "Warehouse" }] },
    /additionalServers\[0\]\.name: must be a server's name \(got "Warehouse"\): use at most 25 lowercase letters/,
  ],
  [
    "client",
    { additionalServers: [{ name: "a-name-that-is-too-long-26" }] },
    /additionalServers\[0\]\.name: must be a server's name \(got "a-name-that-is-too-long-26"\)/,
  ],
  [
    "client",
    { additionalServers: [{ name: "warehouse" }, { name: "warehouse", stack: "other" }] },
    /additionalServers\[1\]\.name: must be unique \(got "warehouse"\)/,
  ],
  [
    "client",
    { additionalServers: [{ name: "warehouse", hosts: [] }] },
    /additionalServers\[0\]\.hosts: must not be empty: remove the key to call every host, or remove the server/,
  ],
  ["client", { callers: [] }, /callers: must not be empty: add the service accounts/],
  [
    "client",
    { hosts: ["UPPER.example.com"] },
    /hosts\[0\]: must be a DNS name \(got "UPPER.example.com"\)/,
  ],
  [
    "client",
    { hosts: ["a.example.com", "b.example.com", "a.example.com"] },
    /hosts\[2\]: must be unique \(got "a.example.com"\): remove the repeated entry/,
  ],
  [
    "client",
    { callers: [{ serviceAccount: "My.account" }] },
    /callers\[0\].serviceAccount: must be a service account's name \(got "My.account"\): use/,
  ],
  [
    "client",
    { callers: ["web"] },
    /callers\[0\]: must be an object \(got "web"\): write its service account, such as serviceAccount: client/,
  ],
  [
    "client",
    { trustDomain: "300.1.2.3" },
    /trustDomain: must be a DNS name \(got "300.1.2.3"\): .*a letter/,
  ],
  ["client", { hosts: ["mesh.2"] }, /hosts\[0\]: must be a DNS name \(got "mesh.2"\)/],
  ...["300.1.2.3", "1.2", "10.0.0.01"].map(
    (ingressNodeAddress) =>
      [
        "server",
        { ingressType: "NodePort", ingressNodeAddress },
        new RegExp(
          `ingressNodeAddress: must be an IPv4 address or a DNS name \\(got "${ingressNodeAddress}"\\): use one that`,
        ),
      ] as const,
  ),
  ...[29999, 32768, 443].map(
    (ingressNodePort) =>
      [
        "server",
        { ingressNodePort },
        new RegExp(
          `ingressNodePort: must be an integer from 30000 to 32767 \\(got ${ingressNodePort}\\)`,
        ),
      ] as const,
  ),
  ...["198.51.100.9/24", "198.051.100.0/24", "198.51.100.0/024", "198.51.100.0/33"].map(
    (range) =>
      [
        "server",
        { ingressSourceRanges: [range] },
        new RegExp(
          `ingressSourceRanges\\[0\\]: must be a CIDR range \\(got "${range}"\\): use the range's first address`,
        ),
      ] as const,
  ),
  [
    "server",
    {
      ingressType: "NodePort",
      ingressNodeAddress: "192.0.2.7",
      ingressSourceRanges: ["192.0.2.0/24"],
    },
    /ingressSourceRanges: has no effect with ingressType "NodePort", .*: remove it, or set ingressType to "LoadBalancer"/,
  ],
  ...Object.entries({
    ingressAddress: "192.0.2.8",
    ingressClass: "metallb",
    ingressAnnotations: { "example.com/scheme": "internal" },
  }).map(
    ([key, value]) =>
      [
        "server",
        { ingressType: "NodePort", ingressNodeAddress: "192.0.2.7", [key]: value },
        new RegExp(`${key}: has no effect with ingressType "NodePort": remove it`),
      ] as const,
  ),
  [
    "server",
    { ingressType: "Internal", cluster: "kubeconfig", kubeconfig: "clusters: []" },
    /ingressType: must be "LoadBalancer" or "NodePort" with cluster "kubeconfig" \(got "Internal"\): .* set ingressAnnotations or ingressClass/,
  ],
  ...["web.shop.svc.cluster.local", "web.shop.svc"].flatMap((host) => [
    [
      "server",
      { services: [{ ...service, host }] },
      /services\[0\]\.host: must be a DNS name outside the cluster's own domain \(got "web/,
    ] as const,
    ["client", { hosts: [host] }, /hosts\[0\]: must be a DNS name outside the cluster's/] as const,
    [
      "server",
      { clients: [{ ...partner, dnsName: host }] },
      /clients\[0\]\.dnsName: must be a DNS name outside/,
    ] as const,
  ]),
  ...(["server", "client"] as const).map(
    (stack) =>
      [
        stack,
        { trustDomain: "cluster.local" },
        /trustDomain: must be a trust domain of its own \(got "cluster\.local"\): use a name/,
      ] as const,
  ),
  [
    "server",
    { clients: [{ ...partner, trustDomain: "cluster.local" }] },
    /clients\[0\]\.trustDomain: must be a trust domain of its own/,
  ],
  ...["root", "server"].flatMap((name) => [
    [
      "server",
      { clients: [{ ...partner, name }] },
      new RegExp(`clients\\[0\\]\\.name: must not be "${name}": the .* has this name`),
    ] as const,
    ["client", { clientName: name }, new RegExp(`clientName: must not be "${name}"`)] as const,
  ]),
  [
    "server",
    { certificates: { leafHours: 2 } },
    /certificates.leafHours: must be an integer from 3 to 439200 \(got 2\)/,
  ],
  [
    "server",
    { certificates: { rootHours: 1 } },
    /certificates.rootHours: must be an integer from 27 to 439200 \(got 1\)/,
  ],
  [
    "client",
    {
      callers: [
        { serviceAccount: "a" },
        { namespace: "shop", serviceAccount: "a" },
        { namespace: "httpbin", serviceAccount: "a", hosts: ["a.example.com"] },
      ],
    },
    /callers\[2\].serviceAccount: must be unique in its namespace \(got "a"\): remove the repeated entry, and list all its hosts in one/,
  ],
  ...["istio-system", "kube-system"].map((namespace): Wrong => [
    "client",
    { callers: [{ namespace, serviceAccount: "a" }] },
    new RegExp(
      `callers\\[0\\].namespace: must be a namespace of applications \\(got "${namespace}"\\)`,
    ),
  ]),
  [
    "client",
    {
      hosts: ["a.example.com"],
      callers: [{ serviceAccount: "a", hosts: ["b.example.com"] }],
    },
    /callers\[0\].hosts\[0\]: must be one of the hosts to call \(got "b.example.com"\): use a.example.com/,
  ],
  [
    "client",
    {
      hosts: ["a.example.com"],
      additionalServers: [{ name: "warehouse", hosts: ["b.example.com"] }],
      callers: [{ serviceAccount: "a", hosts: ["b.example.com", "c.example.com"] }],
    },
    /callers\[0\].hosts\[1\]: must be one of the hosts to call \(got "c.example.com"\): use a.example.com, b.example.com/,
  ],
  [
    "server",
    { ingressSourceRanges: ["192.0.2.0/24", "192.0.2.0/24"] },
    /ingressSourceRanges\[1\]: must be unique/,
  ],
  [
    "server",
    { gke: { ...gke, labels: { "goog-team": "a" } } },
    /gke\.labels\.goog-team: must be a label key .* do not start with goog-, which Google uses/,
  ],
  [
    "server",
    {
      gke: {
        ...gke,
        labels: Object.fromEntries(Array.from({ length: 61 }, (_, i) => [`k${i}`, ""])),
      },
    },
    /gke\.labels: must be at most 60 labels \(got 61\)/,
  ],
  [
    "server",
    {
      services: [{ ...service, host: "bad" }],
      clients: [{ ...partner, hosts: ["b.example.com"] }],
    },
    /services\[0\]\.host: must be a DNS name \(got "bad"\)/,
  ],
  [
    "server",
    { istioCanary: { revision: "a".repeat(47), version: "1.32.0" } },
    /istioCanary\.revision: must be a revision's name .*: use at most 46 lowercase letters/,
  ],
  [
    "server",
    { ingressNodeAddress: "192.0.2.7" },
    /ingressNodeAddress: has no effect with ingressType "LoadBalancer" \(got "192.0.2.7"\): remove it, or set ingressType to "NodePort"/,
  ],
];

test.each(wrong)("%s with %j is refused with one error", (stack, settings, message) => {
  expect(complaints(stack, settings)).toEqual([expect.stringMatching(message)]);
});

test("names, ports and ranges at the limits are accepted", () => {
  expect(
    clientConfig({
      callers: ["my.account", "x".repeat(64)].map((serviceAccount) => ({ serviceAccount })),
    }).callers,
  ).toHaveLength(2);
  expect(serverConfig({ ingressNodePort: 30000 })).toBeDefined();
  expect(serverConfig({ ingressSourceRanges: ["0.0.0.0/0", "192.0.2.7/32"] })).toBeDefined();
  expect(clientConfig({ trustDomain: "mesh.x1", hosts: ["1.example.com"] }).role).toBe("client");
});

test("a wrong value that occurs twice is not reported as repeated too", () => {
  expect(complaints("client", { hosts: ["x", "x"] })).toEqual([
    expect.stringMatching(/hosts\[0\]: must be a DNS name/),
    expect.stringMatching(/hosts\[1\]: must be a DNS name/),
  ]);
  const twice = [partner, { ...partner, dnsName: "q.example.com", trustDomain: "q.example.com" }];
  expect(
    complaints("server", { clients: twice.map((client) => ({ ...client, name: "root" })) }),
  ).toEqual([
    expect.stringMatching(/clients\[0\]\.name: must not be "root"/),
    expect.stringMatching(/clients\[1\]\.name: must not be "root"/),
  ]);
});

test("a canary with a wrong version does not get it as an example of its name", () => {
  expect(complaints("server", { istioCanary: { revision: "default", version: "latest" } })).toEqual(
    [
      expect.stringMatching(/istioCanary\.version: must be a version/),
      expect.stringMatching(/istioCanary\.revision: must differ .* such as "canary"/),
    ],
  );
});

test("one error lists all that is wrong", () => {
  expect(() => serverConfig({ cluster: "eks", minTlsVersion: "1.0" })).toThrow(
    /cluster: .*"eks"[\s\S]*minTlsVersion: .*"1.0"/,
  );
});

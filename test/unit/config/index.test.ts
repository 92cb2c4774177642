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
      minProtocolVersion: "TLSV1_2",
      services: [{ host: "application.demodomain21.com", port: 8000 }],
      clients: [{ name: "client", namespace: "httpbin", serviceAccount: "istio-egressgateway" }],
      exposure: { type: "LoadBalancer", sourceRanges: [] },
      lifetimes: { rootHours: 87600, intermediateHours: 8760, leafHours: 2160 },
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
      callers: ["client"],
      networkPolicy: true,
      testPod: true,
    });
  });
});

test("every key of Pulumi.yaml is described", () => {
  const undescribed = Object.entries(project.config)
    .filter(([, key]) => !("description" in key))
    .map(([name]) => name);
  expect(undescribed).toEqual([]);
});

test("keys of other namespaces are not the program's to judge", () => {
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

/** Each wrong value, and the key, value and remedy that its message must name. */
const wrong: readonly (readonly ["server" | "client", Settings, RegExp])[] = [
  [
    "server",
    { role: "middle" },
    /istio-mtls:role: "middle" is no choice: use "server" or "client"/,
  ],
  ["server", { role: undefined }, /istio-mtls:role: is missing: .*pulumi config set role VALUE/],
  ["server", { trustDomain: undefined }, /istio-mtls:trustDomain: is missing: .*set trustDomain/],
  [
    "server",
    { trustDomian: "x.example.com" },
    /istio-mtls:trustDomian: the program knows no such key: remove it/,
  ],
  [
    "server",
    { cluster: "eks" },
    /istio-mtls:cluster: "eks" is no choice: use "gke" or "kubeconfig"/,
  ],
  ["server", { gke: {} }, /istio-mtls:gke: is empty: with cluster "gke", set at least/],
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
    /istio-mtls:minTlsVersion: "1.1" is no choice: use "1.2" or "1.3"/,
  ],
  [
    "server",
    { istioVersion: "latest" },
    /istio-mtls:istioVersion: "latest" is no version: use one such as/,
  ],
  ["server", { istioRevision: "1.31" }, /istio-mtls:istioRevision: "1.31" is no Kubernetes name/],
  ["client", { istioCanary: { revision: "new" } }, /istioCanary.version: is missing/],
  [
    "client",
    { istioCanary: { revision: "new", version: "1.32.0", serves: "all" } },
    /istioCanary.serves: "all" is no choice: use "nothing" or "gateways" or "everything"/,
  ],
  [
    "server",
    { istioCanary: { revision: "default", version: "1.32.0" } },
    /istioCanary.revision: "default" is istioRevision's too: .* such as "1-32-0"/,
  ],
  [
    "server",
    { istioCanary: { revision: "new", version: "1.34.0" } },
    /istioCanary.version: "1.34.0" is more than 2 minor versions from istioVersion, 1.31.0: go there in steps/,
  ],
  [
    "server",
    { istioCanary: { revision: "new", version: "2.31.0" } },
    /istioCanary.version: "2.31.0" is more than/,
  ],
  [
    "server",
    { protectRoot: "true" },
    /protectRoot: "true" is no choice: use "onGke" or "always" or "never"/,
  ],
  [
    "server",
    { istioValues: { pilot: {} } },
    /istio-mtls:istioValues.pilot: the program knows no such key/,
  ],
  [
    "server",
    { namespace: "Http_Bin" },
    /istio-mtls:namespace: "Http_Bin" is no Kubernetes name: use/,
  ],
  ["server", { services: [] }, /istio-mtls:services: is empty: name at least one/],
  ["server", { services: "web" }, /istio-mtls:services: "web" is no structured value: edit/],
  [
    "server",
    { services: [{ ...service, host: "not a host" }] },
    /services\[0\].host: "not a host" is no DNS name: use lower-case/,
  ],
  [
    "server",
    { services: [{ ...service, host: "203.0.113.9" }] },
    /services\[0\].host: "203.0.113.9" is no DNS name/,
  ],
  [
    "server",
    { services: [{ ...service, host: "localhost" }] },
    /services\[0\].host: "localhost" is no DNS name/,
  ],
  [
    "server",
    { services: [{ ...service, port: 70000 }] },
    /services\[0\].port: 70000 is no port: use a whole number from 1 to 65535/,
  ],
  [
    "server",
    { services: [{ ...service, port: undefined }] },
    /services\[0\].port: is missing: .*--path 'services\[0\].port'/,
  ],
  [
    "server",
    { services: [service, service] },
    /services\[1\].host: "a.example.com" is there twice/,
  ],
  ["server", { clients: [] }, /istio-mtls:clients: is empty: name at least one client/],
  [
    "server",
    { clients: [partner, { ...partner, dnsName: "q.example.com", trustDomain: "q.example.com" }] },
    /clients\[1\].name: "p" is there twice: give each its own name/,
  ],
  [
    "server",
    { clients: [partner, { ...partner, name: "q", trustDomain: "q.example.com" }] },
    /clients\[1\].dnsName: "p.example.com" is there twice/,
  ],
  [
    "server",
    { clients: [partner, { ...partner, name: "q", dnsName: "q.example.com" }] },
    /clients\[1\].trustDomain: "p.example.com" is there twice/,
  ],
  [
    "server",
    { clients: [{ ...partner, trustDomain: "server.demodomain21.com" }] },
    /clients\[0\].trustDomain: "server.demodomain21.com" is the server's own/,
  ],
  [
    "server",
    { clients: [{ ...partner, signingRequestPem: "x" }] },
    /signingRequestPem: the value is no signing request: paste/,
  ],
  [
    "server",
    { certificates: { leafHours: 0 } },
    /certificates.leafHours: 0 is no life of a leaf in hours: use a whole number from 1/,
  ],
  ["server", { certificates: { leafHours: 2.5 } }, /certificates.leafHours: 2.5 is no life/],
  [
    "server",
    { certificates: { leafHours: 8760 } },
    /certificates: leafHours is 8760, but .* make leafHours at most 2920/,
  ],
  [
    "server",
    { certificates: { rootHours: 8760 } },
    /certificates: intermediateHours is 8760, but .* at most 2920/,
  ],
  [
    "server",
    { observability: { prometheus: "yes" } },
    /observability.prometheus: "yes" is no choice: use "install" or "operator" or "managed"/,
  ],
  [
    "client",
    { observability: { kiali: true } },
    /observability.prometheus: is missing: .*--path 'observability.prometheus'/,
  ],
  [
    "server",
    { observability: { prometheus: "operator", kiali: true } },
    /observability.kiali: has no effect with prometheus "operator": remove it, or set prometheus to "install"/,
  ],
  [
    "server",
    { observability: { prometheus: "install", labels: {} } },
    /observability.labels: has no effect with prometheus "install": .*to "operator"/,
  ],
  [
    "client",
    { observability: { prometheus: "install", prometheusVersion: "latest" } },
    /observability.prometheusVersion: "latest" is no version: use one such as/,
  ],
  [
    "server",
    { observability: { prometheus: "install", kialiCharts: "" } },
    /observability.kialiCharts: is empty: name a repository/,
  ],
  [
    "server",
    { observability: { prometheus: "install", grafana: true } },
    /observability.grafana: the program knows no such key/,
  ],
  [
    "server",
    { gke: { ...gke, managedPrometheus: false }, observability: { prometheus: "managed" } },
    /observability.prometheus: is "managed", but gke.managedPrometheus is false: set that to true/,
  ],
  [
    "server",
    { ingressType: "ClusterIP" },
    /ingressType: "ClusterIP" is no choice: use "LoadBalancer" or "NodePort"/,
  ],
  [
    "server",
    { ingressType: "NodePort" },
    /ingressNodeAddress: is empty: with ingressType NodePort, name/,
  ],
  [
    "server",
    { ingressSourceRanges: ["203.0.113.0"] },
    /ingressSourceRanges\[0\]: "203.0.113.0" is no range: use CIDR/,
  ],
  [
    "server",
    { sampleService: "yes" },
    /sampleService: "yes" is neither true nor false: use one of them/,
  ],
  [
    "server",
    { rootCommonName: "x".repeat(65) },
    /rootCommonName: is longer than the 64 characters/,
  ],
  [
    "client",
    { egressGateway: "none" },
    /egressGateway: "none" is no choice: use "dedicated" or "shared"/,
  ],
  [
    "client",
    { intermediateKey: "hsm" },
    /intermediateKey: "hsm" is no choice: use "server" or "client"/,
  ],
  [
    "client",
    { serverStack: "a/b" },
    /serverStack: "a\/b" is no stack: use its name, or organization/,
  ],
  ["client", { callers: [] }, /callers: is empty: name the service accounts/],
  ["client", { hosts: ["UPPER.example.com"] }, /hosts\[0\]: "UPPER.example.com" is no DNS name/],
  [
    "client",
    { hosts: ["a.example.com", "b.example.com", "a.example.com"] },
    /hosts\[2\]: "a.example.com" is there twice: remove one of them/,
  ],
  ["client", { callers: ["My.account"] }, /callers\[0\]: "My.account" is no service account: use/],
  ["client", { trustDomain: "300.1.2.3" }, /trustDomain: "300.1.2.3" is no DNS name: .*a letter/],
  ["client", { hosts: ["mesh.2"] }, /hosts\[0\]: "mesh.2" is no DNS name/],
  ...["300.1.2.3", "1.2", "10.0.0.01"].map(
    (ingressNodeAddress) =>
      [
        "server",
        { ingressType: "NodePort", ingressNodeAddress },
        new RegExp(
          `ingressNodeAddress: "${ingressNodeAddress}" is no address: use an IPv4 address, four numbers from 0 to 255`,
        ),
      ] as const,
  ),
  ...[29999, 32768, 443].map(
    (ingressNodePort) =>
      [
        "server",
        { ingressNodePort },
        new RegExp(
          `ingressNodePort: "${ingressNodePort}" is no node port: use a whole number from 30000 to 32767`,
        ),
      ] as const,
  ),
  ...["198.51.100.9/24", "198.051.100.0/24", "198.51.100.0/024", "198.51.100.0/33"].map(
    (range) =>
      [
        "server",
        { ingressSourceRanges: [range] },
        new RegExp(
          `ingressSourceRanges\\[0\\]: "${range}" is no range: use CIDR notation with its first address`,
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
    /ingressSourceRanges: \["192.0.2.0\/24"\] has no effect with ingressType NodePort, .*: remove it, or set ingressType to "LoadBalancer"/,
  ],
  [
    "server",
    { ingressNodeAddress: "192.0.2.7" },
    /ingressNodeAddress: "192.0.2.7" has no effect with ingressType LoadBalancer: remove it, or set ingressType to "NodePort"/,
  ],
];

test.each(wrong)("%s with %j is refused, by one error", (stack, settings, message) => {
  expect(complaints(stack, settings)).toEqual([expect.stringMatching(message)]);
});

test("names and ranges at the edge of what is legal are taken", () => {
  expect(clientConfig({ callers: ["my.account", "x".repeat(64)] }).callers).toHaveLength(2);
  expect(serverConfig({ ingressNodePort: 30000 })).toBeDefined();
  expect(serverConfig({ ingressSourceRanges: ["0.0.0.0/0", "192.0.2.7/32"] })).toBeDefined();
  expect(clientConfig({ trustDomain: "mesh.x1", hosts: ["1.example.com"] }).role).toBe("client");
});

test("all that is wrong is told at once", () => {
  expect(() => serverConfig({ cluster: "eks", minTlsVersion: "1.0" })).toThrow(
    /cluster: "eks"[\s\S]*minTlsVersion: "1.0"/,
  );
});

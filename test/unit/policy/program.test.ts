import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import type { Resource } from "../../../policy/rule";
import type { Settings } from "../../support/config";
import { ServedPack, type Violation } from "../../support/policy-pack";
import { named, type Recorded } from "../../support/record";
import { recordClient, recordServer, serverIsUp } from "../../support/stacks";

// The pack is a process of its own, which compiles itself first; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let pack: ServedPack;
beforeAll(async () => {
  pack = await ServedPack.start();
});
afterAll(async () => {
  await pack[Symbol.asyncDispose]();
});

const ON_GKE = { cluster: "gke", kubeconfig: "" };
const GKE = { project: "my-project", region: "europe-west1" };
const admitsShared = admitting("client.demodomain21.com/ns/istio-system/sa/istio-egressgateway");
const signs = { ...serverIsUp, "clientCaKeyPem-client": undefined };

/** What the program can be, stack by stack: clusters, ways in, ways out, and whose key the intermediate has. */
const servers: Readonly<Record<string, Settings>> = {
  "on a cluster that is there": {},
  "by a node's port": { ingressType: "NodePort", ingressNodeAddress: "192.0.2.7" },
  "for one range": { ingressSourceRanges: ["203.0.113.7/32"] },
  "with Prometheus, Grafana and Kiali": { observability: { prometheus: "install" } },
  "on GKE": ON_GKE,
  "on GKE in Autopilot": { ...ON_GKE, gke: { ...GKE, mode: "autopilot" } },
  "on GKE, by its address": {
    ...ON_GKE,
    gke: {
      ...GKE,
      controlPlaneAccess: "authorizedNetworks",
      authorizedNetworks: [{ cidr: "203.0.113.0/24", name: "office" }],
    },
  },
  "on GKE, regional, on spot machines": {
    ...ON_GKE,
    gke: { ...GKE, locationType: "regional", spot: true },
  },
};
const clients: Readonly<Record<string, [Settings, Record<string, unknown>?]>> = {
  "by a dedicated gateway": [{}],
  "by a shared gateway": [{ egressGateway: "shared" }, admitsShared],
  "with a key of its own": [{ intermediateKey: "client" }, signs],
  "with Prometheus, Grafana and Kiali": [{ observability: { prometheus: "install" } }],
  "with an operator that is there": [{ observability: { prometheus: "operator" } }],
  "on GKE": [ON_GKE],
  "on GKE, with managed Prometheus": [{ ...ON_GKE, observability: { prometheus: "managed" } }],
  "on GKE, by a shared gateway": [{ ...ON_GKE, egressGateway: "shared" }, admitsShared],
};

describe("nothing stops the server's stack", () => {
  test.each(Object.entries(servers))("%s", async (_, settings) => {
    expect(await stopped((await recordServer(settings)).resources)).toEqual([]);
  });
});

describe("nothing stops the client's stack", () => {
  test.each(Object.entries(clients))("%s", async (_, [settings, beside]) => {
    expect(await stopped((await recordClient(settings, beside)).resources)).toEqual([]);
  });
});

describe("settings that weaken the program are stopped", () => {
  test.each<[string, Settings, string]>([
    [
      "a cluster that can be deleted",
      gke({ deletionProtection: false }),
      "gke-deletion-protection",
    ],
    ["Secrets without a key", gke({ secretsKey: "none" }), "gke-secrets-encryption"],
    ["any image", gke({ binaryAuthorization: false }), "gke-binary-authorization"],
    [
      "a way to any host",
      istiod({ outboundTrafficPolicy: { mode: "ALLOW_ANY" } }),
      "istio-registry-only",
    ],
    ["everyone's trust domain", istiod({ trustDomain: "cluster.local" }), "istio-own-trust-domain"],
    [
      "a gateway with a load balancer of its own",
      { istioValues: { gateway: { service: { type: "LoadBalancer" } } } },
      "ingress-alone-exposed",
    ],
    ["leaves of 100 days", { certificates: { leafHours: 2_400 } }, "cert-lifetime"],
  ])("%s", async (_, settings, rule) => {
    const found = await stopped((await recordServer(settings)).resources);
    expect(new Set(found.map((violation) => violation.rule))).toEqual(new Set([rule]));
  });
});

describe("the program with a part changed or missing is stopped", () => {
  test.each<[string, (server: readonly Recorded[]) => readonly Recorded[], string]>([
    ["no mesh-wide policy", without("istio-strict"), "istio-strict-mesh"],
    [
      "a listener without clients' certificates",
      changed("ingress-gateway", { spec: { servers: [{ hosts: ["a.example.com"] }] } }),
      "istio-gateway-mutual",
    ],
    [
      "a policy that admits any identity",
      changed("ingress-admitted", {
        spec: { action: "ALLOW", rules: [{ from: [{ source: { principals: ["*"] } }] }] },
      }),
      "istio-allow-names-principals",
    ],
    [
      "a credential in a ConfigMap",
      (server) => [
        ...server,
        { ...named(server, "ingress-credential"), type: "kubernetes:core/v1:ConfigMap" },
      ],
      "keys-in-secrets-alone",
    ],
    [
      "a leaf that is a CA's",
      changed("certs-server-leaf-cert", { isCaCertificate: true }),
      "cert-ca-usages",
    ],
  ])("%s", async (_, change, rule) => {
    const found = await stopped(change((await recordServer()).resources));
    expect(found.map((violation) => violation.rule)).toContain(rule);
  });
});

function stopped(resources: readonly Recorded[]): Promise<Violation[]> {
  return pack.violations(resources.map(asTheEngineShows));
}

/** Recorded keys are words that name them; the engine shows the rules real ones. */
function asTheEngineShows({ type, inputs, options }: Recorded): Resource {
  const shown = JSON.stringify(inputs).replaceAll(
    /private key of |CLIENT CA KEY/g,
    `-----BEGIN ${["PRIVATE", "KEY"].join(" ")}-----\\n`,
  );
  return {
    type,
    props: JSON.parse(shown) as Resource["props"],
    secretOutputs: options.additionalSecretOutputs ?? [],
  };
}

function gke(settings: Settings): Settings {
  return { ...ON_GKE, gke: { ...GKE, ...settings } };
}

function istiod(meshConfig: Settings): Settings {
  return { istioValues: { istiod: { meshConfig } } };
}

function without(name: string) {
  return (resources: readonly Recorded[]) =>
    resources.filter((resource) => resource !== named(resources, name));
}

function changed(name: string, inputs: Record<string, unknown>) {
  return (resources: readonly Recorded[]) =>
    resources.map((resource) =>
      resource === named(resources, name)
        ? { ...resource, inputs: { ...resource.inputs, ...inputs } }
        : resource,
    );
}

function admitting(principal: string): Record<string, unknown> {
  const clients = [{ name: "client", dnsName: "client.demodomain21.com", principal }];
  return { ...serverIsUp, clients };
}

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import type { Resource } from "../../../policy/rule";
import type { Settings } from "../../support/config";
import { ServedPack, type Violation } from "../../support/policy-pack";
import { named, type Recorded } from "../../support/record";
import { recordClient, recordServer, serverHasSigned, serverIsUp } from "../../support/stacks";

// The pack runs in its own process and compiles itself first, which takes time on a busy machine.
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
const admitsSharedGateway = serverThatAdmits(
  "client.demodomain21.com/ns/istio-system/sa/istio-egressgateway",
);

/** Variants of the program: clusters, ways into and out of the mesh, and who makes the intermediate's key. */
const servers: Readonly<Record<string, Settings>> = {
  "on an existing cluster": {},
  "with a client for some hosts, and a suspended one": {
    clients: [
      {
        name: "a",
        dnsName: "a.example.com",
        trustDomain: "a.example.com",
        hosts: ["application.demodomain21.com"],
      },
      { name: "b", dnsName: "b.example.com", trustDomain: "b.example.com", suspended: true },
    ],
  },
  "with a node port": { ingressType: "NodePort", ingressNodeAddress: "192.0.2.7" },
  "for one IP range": { ingressSourceRanges: ["203.0.113.7/32"] },
  "with Prometheus, Grafana and Kiali": { observability: { prometheus: "install" } },
  "on GKE": ON_GKE,
  "on GKE in Autopilot": { ...ON_GKE, gke: { ...GKE, mode: "autopilot" } },
  "on GKE, by the control plane's IP address": {
    ...ON_GKE,
    gke: {
      ...GKE,
      controlPlaneAccess: "authorizedNetworks",
      authorizedNetworks: [{ cidr: "203.0.113.0/24", name: "office" }],
    },
  },
  "on GKE, regional, with Spot VMs": {
    ...ON_GKE,
    gke: { ...GKE, locationType: "regional", spot: true },
  },
};
const clients: Readonly<Record<string, [Settings, Record<string, unknown>?]>> = {
  "with a dedicated gateway": [{}],
  "with a shared gateway": [{ egressGateway: "shared" }, admitsSharedGateway],
  "with its own key": [{ intermediateKey: "client" }, serverHasSigned],
  "with Prometheus, Grafana and Kiali": [{ observability: { prometheus: "install" } }],
  "with an existing Prometheus operator": [{ observability: { prometheus: "operator" } }],
  "on GKE": [ON_GKE],
  "on GKE, with managed Prometheus": [{ ...ON_GKE, observability: { prometheus: "managed" } }],
  "on GKE, with a shared gateway": [{ ...ON_GKE, egressGateway: "shared" }, admitsSharedGateway],
};

describe("the server stack passes all rules", () => {
  test.each(Object.entries(servers))("%s", async (_, settings) => {
    expect(await violations((await recordServer(settings)).resources)).toEqual([]);
  });
});

describe("the client stack passes all rules", () => {
  test.each(Object.entries(clients))("%s", async (_, [settings, outputs]) => {
    expect(await violations((await recordClient(settings, outputs)).resources)).toEqual([]);
  });
});

describe("settings that weaken the program are reported", () => {
  test.each<[string, Settings, string]>([
    [
      "a cluster that can be deleted",
      gke({ deletionProtection: false }),
      "gke-deletion-protection",
    ],
    ["Secrets without an encryption key", gke({ secretsKey: "none" }), "gke-secrets-encryption"],
    ["unchecked images", gke({ binaryAuthorization: false }), "gke-binary-authorization"],
    ["leaves of 100 days", { certificates: { leafHours: 2_400 } }, "cert-lifetime"],
  ])("%s", async (_, settings, rule) => {
    const found = await violations((await recordServer(settings)).resources);
    expect(new Set(found.map((violation) => violation.rule))).toEqual(new Set([rule]));
  });
});

describe("a missing or changed resource is reported", () => {
  test.each<[string, (server: readonly Recorded[]) => readonly Recorded[], string]>([
    ["no mesh-wide PeerAuthentication", without("istio-strict"), "istio-strict-mesh"],
    [
      "a listener without client certificates",
      changed("ingress-gateway", { spec: { servers: [{ hosts: ["a.example.com"] }] } }),
      "istio-gateway-mutual",
    ],
    [
      "connections to any host",
      changedMesh({ outboundTrafficPolicy: { mode: "ALLOW_ANY" } }),
      "istio-registry-only",
    ],
    [
      "the default trust domain",
      changedMesh({ trustDomain: "cluster.local" }),
      "istio-own-trust-domain",
    ],
    [
      "a gateway with its own load balancer",
      changed("istio-istio-ingressgateway-release", {
        values: { service: { type: "LoadBalancer" } },
      }),
      "only-ingress-exposed",
    ],
    [
      "a policy that admits any identity",
      changed("ingress-client-client-demodomain21-com", {
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
      "keys-only-in-secrets",
    ],
    [
      "a leaf that is a CA",
      changed("certs-server-leaf-cert", { isCaCertificate: true }),
      "cert-ca-usages",
    ],
  ])("%s", async (_, change, rule) => {
    const found = await violations(change((await recordServer()).resources));
    expect(found.map((violation) => violation.rule)).toContain(rule);
  });
});

function violations(resources: readonly Recorded[]): Promise<Violation[]> {
  return pack.violations(resources.map(asPulumiShows));
}

/** Replaces the placeholders of recorded keys by PEM, because Pulumi shows real keys to policies. */
function asPulumiShows({ type, inputs, options }: Recorded): Resource {
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

/** Removes the resource with this name. */
function without(name: string) {
  return (resources: readonly Recorded[]) =>
    resources.filter((resource) => resource !== named(resources, name));
}

/** Changes inputs of the resource with this name. */
function changed(name: string, inputs: Record<string, unknown>) {
  return (resources: readonly Recorded[]) =>
    resources.map((resource) =>
      resource === named(resources, name)
        ? { ...resource, inputs: { ...resource.inputs, ...inputs } }
        : resource,
    );
}

/** Changes the mesh's configuration, as a transform of the chart's values could do. */
function changedMesh(meshConfig: Record<string, unknown>) {
  return (resources: readonly Recorded[]) => {
    const { values } = named(resources, "istio-istiod").inputs as {
      readonly values: { readonly meshConfig: object };
    };
    const changedValues = { ...values, meshConfig: { ...values.meshConfig, ...meshConfig } };
    return changed("istio-istiod", { values: changedValues })(resources);
  };
}

/** Outputs of a server that admits one client, with this identity. */
function serverThatAdmits(principal: string): Record<string, unknown> {
  const clients = [{ name: "client", dnsName: "client.demodomain21.com", principal }];
  return { ...serverIsUp, clients };
}

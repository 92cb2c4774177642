import { describe, expect, test } from "vitest";

import { IstioInstall } from "../../../../components/istio/istio-install";
import type { IstioInstallArgs } from "../../../../components/istio/istio-install-args";
import { argsProblems } from "../../../support/args-problems";
import { named, record } from "../../../support/record";
import { outliving } from "../../../support/teardown";

const revision = {
  name: "default",
  charts: { source: "https://charts.example.com", version: "1.31.0" },
};
const canary = { ...revision, name: "1-32-0" };
const gateway = {
  gatewayName: "istio-ingressgateway",
  namespace: "istio-ingress",
  service: "none" as const,
  revision,
};
const ARGS: IstioInstallArgs = {
  trustDomain: "mesh.example.com",
  ca: { certPem: "CA", privateKeyPem: "CA KEY" },
  trustAnchorPem: "ROOT",
  revisions: [revision],
  gateways: [gateway],
};

const recordInstall = (changes: Partial<IstioInstallArgs> = {}) =>
  record(() => new IstioInstall("istio", { ...ARGS, ...changes }));

test("cacerts holds the mesh's intermediate and the trust anchor, as a secret, and is there before istiod", async () => {
  const resources = await recordInstall();
  const cacerts = named(resources, "istio-cacerts");
  expect(cacerts.inputs).toMatchObject({
    metadata: { name: "cacerts", namespace: "istio-system" },
    stringData: {
      "ca-cert.pem": "CA",
      "ca-key.pem": "CA KEY",
      "root-cert.pem": "ROOT",
      "cert-chain.pem": "CAROOT",
    },
  });
  expect(cacerts.options.secretInputs).toEqual(["stringData"]);
  expect(outliving(resources, "istio-istiod")).toContain("istio-cacerts");
  expect(outliving(resources, "istio-istiod")).toContain("istio-base");
});

test("the mesh is closed: STRICT, REGISTRY_ONLY, a trust domain of its own", async () => {
  const resources = await recordInstall();
  expect(named(resources, "istio-strict").inputs).toMatchObject({
    metadata: { name: "default", namespace: "istio-system" },
    spec: { mtls: { mode: "STRICT" } },
  });
  expect(named(resources, "istio-istiod").inputs).toMatchObject({
    chart: "istiod",
    version: "1.31.0",
    repositoryOpts: { repo: "https://charts.example.com" },
    values: {
      meshConfig: {
        trustDomain: "mesh.example.com",
        dnsRefreshRate: "5s",
        enableTracing: false,
        outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
        defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" } },
      },
    },
  });
});

test("values override the component's own, chart by chart", async () => {
  const resources = await recordInstall({
    values: {
      base: { a: 1 },
      istiod: { meshConfig: { enableTracing: true }, pilot: { b: 2 } },
      gateway: { replicaCount: 3 },
    },
  });
  expect(named(resources, "istio-base").inputs["values"]).toEqual({ a: 1 });
  expect(named(resources, "istio-istiod").inputs["values"]).toMatchObject({
    meshConfig: {
      enableTracing: true,
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
    },
    pilot: { b: 2 },
  });
  expect(named(resources, "istio-istio-ingressgateway-release").inputs["values"]).toMatchObject({
    replicaCount: 3,
    service: { type: "None" },
  });
});

test("a second control plane runs beside the first, with the CRDs of the newest version", async () => {
  const newer = { ...canary, charts: { ...canary.charts, version: "1.32.0" } };
  const resources = await recordInstall({ revisions: [revision, newer] });
  expect(named(resources, "istio-istiod-1-32-0").inputs).toMatchObject({
    name: "istiod-1-32-0",
    version: "1.32.0",
    values: { revision: "1-32-0", meshConfig: { trustDomain: "mesh.example.com" } },
  });
  expect(named(resources, "istio-base").inputs).toMatchObject({ version: "1.32.0" });
});

describe("a gateway", () => {
  test("is referred to by name, namespace and label, and outlives what refers to it", async () => {
    let ref: unknown;
    await record(() => {
      ref = new IstioInstall("istio", ARGS).gateway("istio-ingressgateway");
    });
    expect(ref).toMatchObject({
      name: "istio-ingressgateway",
      labels: { istio: "ingressgateway" },
    });
  });

  test("that is not installed is an error, which names the ones that are", async () => {
    let refusal: unknown;
    await record(() => {
      const istio = new IstioInstall("istio", ARGS);
      try {
        istio.gateway("egress");
      } catch (error) {
        refusal = error;
      }
    });
    expect(String(refusal)).toContain(
      'IstioInstall has no gateway "egress" (it has "istio-ingressgateway"): add it to the argument gateways',
    );
  });
});

describe("arguments", () => {
  test.each<[string, object, string | RegExp]>([
    [
      "no control plane",
      { revisions: [] },
      "revisions: must not be empty: name at least one control plane",
    ],
    [
      "two control planes of one name",
      { revisions: [revision, revision] },
      'revisions[1].name: must be unique (got "default"): give each entry its own name',
    ],
    [
      "a revision whose release Helm refuses",
      { revisions: [revision, { ...revision, name: `${"r-".repeat(23)}r` }] },
      /^revisions\[1\].name: must be a revision's name \(got "(r-){23}r"\): use at most 46 lowercase/,
    ],
    [
      "a version that cannot be compared",
      { revisions: [{ ...revision, charts: { ...revision.charts, version: "latest" } }] },
      /^revisions\[0\].charts.version: must be a version \(got "latest"\)/,
    ],
    [
      "a trust domain of one label",
      { trustDomain: "mesh" },
      /^trustDomain: must be a DNS name \(got "mesh"\)/,
    ],
    [
      "a trust domain with a scheme",
      { trustDomain: "spiffe://mesh.example.com" },
      /^trustDomain: must be a DNS name/,
    ],
    [
      "an empty key of the CA",
      { ca: { certPem: "CA", privateKeyPem: "" } },
      'ca.privateKeyPem: must be a non-empty string (got ""): enter a value',
    ],
    ["an empty trust anchor", { trustAnchorPem: "" }, /^trustAnchorPem: must be a non-empty/],
    [
      "values for a chart that it does not install",
      { values: { istoid: {} } },
      "values.istoid: is not a known key: remove it or correct its name",
    ],
    [
      "a gateway twice",
      { gateways: [gateway, gateway] },
      'gateways[1].gatewayName: must be unique (got "istio-ingressgateway"): give each entry its own gatewayName',
    ],
    [
      "two gateways whose pods get one label",
      { gateways: [gateway, { ...gateway, gatewayName: "ingressgateway" }] },
      'gateways[1].gatewayName: must differ from the others apart from "istio-" (got "ingressgateway"): Istio selects a gateway\'s pods by the rest of the name',
    ],
    [
      "a gateway whose release Helm refuses",
      { gateways: [{ ...gateway, gatewayName: "g".repeat(54) }] },
      /^gateways\[0\].gatewayName: must be a Helm release's name/,
    ],
    [
      "a gateway of a control plane that does not run",
      { gateways: [{ ...gateway, revision: canary }] },
      'gateways[0].revision.name: must be the name of one of the revisions (got "1-32-0"): without a control plane the gateway gets no Envoy',
    ],
    [
      "another Service",
      { gateways: [{ ...gateway, service: "LoadBalancer" }] },
      'gateways[0].service: must be "cluster" or "none" (got "LoadBalancer")',
    ],
    [
      "a namespace that Kubernetes refuses",
      { gateways: [{ ...gateway, namespace: "Istio" }] },
      /^gateways\[0\].namespace: must be a Kubernetes name/,
    ],
  ])("%s: refused", async (_, changes, problem) => {
    const args = { ...ARGS, ...changes };
    expect(await argsProblems(() => new IstioInstall("istio", args))).toEqual([
      typeof problem === "string" ? problem : (expect.stringMatching(problem) as unknown),
    ]);
  });
});

import { describe, expect, test } from "vitest";

import { DEFAULT_ISTIO_CHARTS } from "../../../components/istio/default-charts";
import { createCharts } from "../../support/chart-folder";
import { named, valueOf } from "../../support/record";
import { signingRequest } from "../../support/signing-request";
import { recordServer } from "../../support/stacks";
import { outliving } from "../../support/teardown";
import { useTempFolder } from "../../support/temp-folder";

const tempFolder = useTempFolder();

const HOST = "application.demodomain21.com";
const SECOND = { host: "second.demodomain21.com", namespace: "shop", service: "web", port: 80 };
const FIRST = { host: HOST, namespace: "httpbin", service: "httpbin", port: 8000 };

async function spec(name: string, settings = {}): Promise<unknown> {
  return named((await recordServer(settings)).resources, name).inputs["spec"];
}

describe("the ingress gateway's listener", () => {
  test("requires a certificate with the name of an admitted client, and TLS 1.2 or later", async () => {
    expect(await spec("ingress-gateway")).toEqual({
      selector: { istio: "ingressgateway" },
      servers: [
        {
          port: { number: 443, name: "https-mtls", protocol: "HTTPS" },
          hosts: [HOST],
          tls: {
            mode: "MUTUAL",
            credentialName: "server-credential",
            subjectAltNames: ["client.demodomain21.com"],
            minProtocolVersion: "TLSV1_2",
          },
        },
      ],
    });
  });

  test("offers every service, and accepts the name of any admitted client", async () => {
    const clients = ["a", "b"].map((name) => ({
      name,
      dnsName: `${name}.example.com`,
      trustDomain: `${name}.example.com`,
    }));
    expect(
      await spec("ingress-gateway", { services: [FIRST, SECOND], clients, minTlsVersion: "1.3" }),
    ).toMatchObject({
      servers: [
        {
          hosts: [HOST, SECOND.host],
          tls: {
            subjectAltNames: ["a.example.com", "b.example.com"],
            minProtocolVersion: "TLSV1_3",
          },
        },
      ],
    });
  });
});

test("a client passes the policy by its identity, and only to its hosts", async () => {
  const partner = { name: "p", dnsName: "p.example.com", trustDomain: "p.example.com" };
  const settings = {
    services: [FIRST, SECOND],
    clients: [
      { ...partner, hosts: [SECOND.host] },
      { ...partner, name: "q", dnsName: "q.example.com", trustDomain: "q.example.com" },
    ],
  };
  const rule = (name: string, ...hosts: readonly string[]) => [
    {
      from: [{ source: { principals: [`${name}.example.com/ns/httpbin/sa/istio-egressgateway`] } }],
      to: [{ operation: { hosts: hosts.flatMap((host) => [host, `${host}:*`]) } }],
    },
  ];
  expect(await spec("ingress-client-p-example-com", settings)).toMatchObject({
    action: "ALLOW",
    rules: rule("p", SECOND.host),
  });
  expect(await spec("ingress-client-q-example-com", settings)).toMatchObject({
    rules: rule("q", HOST, SECOND.host),
  });
});

describe("a change of one client changes nothing of the others", () => {
  const clients = ["a", "b", "c"].map((name) => ({
    name,
    dnsName: `${name}.example.com`,
    trustDomain: `${name}.example.com`,
  }));
  const [a = {}, b = {}, c = {}] = clients;

  /** The resources of a server with these clients that differ from those with all three. */
  async function changed(after: readonly object[]) {
    const inputsOf = async (list: readonly object[]) => {
      const { resources } = await recordServer({ clients: list });
      return new Map(resources.map(({ urn, inputs }) => [urn, JSON.stringify(inputs)]));
    };
    const [from, to] = [await inputsOf(clients), await inputsOf(after)];
    return [...new Set([...from.keys(), ...to.keys()])]
      .filter((urn) => from.get(urn) !== to.get(urn))
      .map((urn) => urn.replace(/.*::/, ""))
      .sort();
  }
  test.each<[string, string, readonly object[], readonly string[]]>([
    ["the first is removed", "a", [b, c], ["ingress-client-a-example-com", "ingress-gateway"]],
    ["the second is removed", "b", [a, c], ["ingress-client-b-example-com", "ingress-gateway"]],
    [
      "one is added at the start",
      "0",
      [{ name: "0", dnsName: "0.example.com", trustDomain: "0.example.com" }, a, b, c],
      ["ingress-client-0-example-com", "ingress-gateway"],
    ],
    [
      "one is suspended",
      "b",
      [a, { ...b, suspended: true }, c],
      ["ingress-client-b-example-com", "ingress-suspension-notice"],
    ],
  ])("%s", async (_, name, after, names) => {
    const ownCertificates = `certs-client-${name}-ca`;
    const found = await changed(after);
    expect(found.filter((each) => !each.startsWith(ownCertificates))).toEqual(names);
  });
});

test("the outputs tell each client what it may call, and whether it is suspended", async () => {
  const partner = { name: "p", dnsName: "p.example.com", trustDomain: "p.example.com" };
  const { outputs } = await recordServer({
    services: [FIRST, SECOND],
    clients: [{ ...partner, hosts: [SECOND.host], suspended: true }],
  });
  expect(outputs["hosts"]).toEqual([HOST, SECOND.host]);
  expect(outputs["clients"]).toEqual([
    {
      name: "p",
      dnsName: "p.example.com",
      principal: "p.example.com/ns/httpbin/sa/istio-egressgateway",
      hosts: [SECOND.host],
      suspended: true,
    },
  ]);
});

test("the credential has the leaf, its intermediate and the root", async () => {
  const { inputs, options } = named((await recordServer()).resources, "ingress-credential");
  expect(inputs).toMatchObject({
    metadata: { name: "server-credential", namespace: "istio-ingress" },
    type: "kubernetes.io/tls",
    stringData: {
      "tls.crt":
        "certificate of certs-server-leaf-certcertificate of certs-server-ca-draft, signed by certs-root-cert",
      "tls.key": "private key of certs-server-leaf-key",
      "ca.crt": "certificate of certs-root-cert",
    },
  });
  expect(options.secretInputs).toContain("stringData");
});

test("a client that sends a signing request gets a certificate and no key", async () => {
  const own = { name: "own", dnsName: "own.example.com", trustDomain: "own.example.com" };
  const signingRequestPem = signingRequest({ CN: "own intermediate CA" });
  const { resources, outputs } = await recordServer({ clients: [{ ...own, signingRequestPem }] });
  expect(named(resources, "certs-client-own-ca-draft").inputs).toMatchObject({
    certRequestPem: signingRequestPem,
  });
  expect(resources.some(({ name }) => name === "certs-client-own-ca-key")).toBe(false);
  expect(outputs).toHaveProperty("clientCaCertPem-own");
  expect(outputs).not.toHaveProperty("clientCaKeyPem-own");
});

test("certificates have the configured lifetimes and hosts", async () => {
  const { resources } = await recordServer({ certificates: { leafHours: 30 } });
  expect(named(resources, "certs-server-leaf-cert").inputs).toMatchObject({
    validityPeriodHours: 30,
  });
  expect(named(resources, "certs-server-leaf-request").inputs).toMatchObject({ dnsNames: [HOST] });
});

describe("the mesh", () => {
  test("cacerts has the server's intermediate, and is created before istiod", async () => {
    const { resources } = await recordServer();
    const cacerts = named(resources, "istio-cacerts");
    expect(cacerts.inputs).toMatchObject({
      metadata: { name: "cacerts", namespace: "istio-system" },
      stringData: {
        "ca-cert.pem": "certificate of certs-server-ca-draft, signed by certs-root-cert",
        "ca-key.pem": "private key of certs-server-ca-key",
        "root-cert.pem": "certificate of certs-root-cert",
        "cert-chain.pem":
          "certificate of certs-server-ca-draft, signed by certs-root-certcertificate of certs-root-cert",
      },
    });
    expect(cacerts.options.secretInputs).toContain("stringData");
    expect(outliving(resources, "istio-istiod")).toContain("istio-cacerts");
  });

  test("the root's key reaches no cluster", async () => {
    const { resources } = await recordServer();
    const inCluster = resources.filter(({ type }) => type.startsWith("kubernetes:"));
    expect(JSON.stringify(inCluster)).toContain("private key of certs-server-ca-key");
    expect(JSON.stringify(inCluster)).not.toContain("private key of certs-root-key");
  });

  test("is closed: STRICT, REGISTRY_ONLY, its own trust domain", async () => {
    const { resources } = await recordServer();
    expect(named(resources, "istio-strict").inputs).toMatchObject({
      metadata: { name: "default", namespace: "istio-system" },
      spec: { mtls: { mode: "STRICT" } },
    });
    expect(named(resources, "istio-istiod").inputs).toMatchObject({
      chart: "istiod",
      version: DEFAULT_ISTIO_CHARTS.version,
      repositoryOpts: { repo: "https://istio-release.storage.googleapis.com/charts" },
      values: {
        meshConfig: {
          trustDomain: "server.demodomain21.com",
          outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
          defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" } },
        },
      },
    });
  });

  test("has the configured Helm values, and charts from a folder or a registry", async () => {
    const istioValues = {
      istiod: { meshConfig: { enableTracing: true }, pilot: { a: 1 } },
    };
    const charts = createCharts(tempFolder(), ["base", "istiod", "gateway"]);
    const folder = await recordServer({ istioValues, istioCharts: `${charts}/` });
    const istiod = named(folder.resources, "istio-istiod").inputs;
    expect(istiod).toMatchObject({
      chart: `${charts}/istiod`,
      values: {
        meshConfig: {
          enableTracing: true,
          outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
        },
        pilot: { a: 1 },
      },
    });
    expect(istiod).not.toHaveProperty("version");
    const mirror = await recordServer({ istioCharts: "oci://mirror.example.com/istio" });
    expect(named(mirror.resources, "istio-base").inputs).toMatchObject({
      chart: "oci://mirror.example.com/istio/base",
      version: DEFAULT_ISTIO_CHARTS.version,
    });
  });

  test("updates a changed credential or cacerts in place", async () => {
    expect(named((await recordServer()).resources, "server").inputs).toMatchObject({
      enableSecretMutable: "true",
      enableConfigMapMutable: "true",
    });
  });
});

describe("the address", () => {
  test("is the load balancer's", async () => {
    const { resources, outputs } = await recordServer({ ingressSourceRanges: ["203.0.113.7/32"] });
    expect(named(resources, "ingress-service").inputs["spec"]).toMatchObject({
      type: "LoadBalancer",
      selector: { istio: "ingressgateway" },
      ports: [{ port: 443, targetPort: 443 }],
      loadBalancerSourceRanges: ["203.0.113.7/32"],
    });
    expect(await valueOf(outputs["ingressAddress"] as never)).toBe("address of ingress-service");
    expect(await valueOf(outputs["ingressPort"] as never)).toBe(443);
  });

  test("is a node's on a cluster without load balancers", async () => {
    const { resources, outputs } = await recordServer({
      ingressType: "NodePort",
      ingressNodeAddress: "192.0.2.7",
      ingressNodePort: 31443,
    });
    expect(named(resources, "ingress-service").inputs["spec"]).toMatchObject({
      type: "NodePort",
      ports: [{ port: 443, nodePort: 31443 }],
    });
    expect(await valueOf(outputs["ingressAddress"] as never)).toBe("192.0.2.7");
    expect(await valueOf(outputs["ingressPort"] as never)).toBe(31443);
  });

  test("belongs to the stack's own Service, because the chart makes none", async () => {
    const { resources } = await recordServer();
    expect(named(resources, "istio-istio-ingressgateway-release").inputs["values"]).toMatchObject({
      service: { type: "None" },
    });
  });
});

test("the sample is optional", async () => {
  const { resources } = await recordServer({ sampleService: "false" });
  expect(resources.some(({ name }) => name.startsWith("httpbin-"))).toBe(false);
});

test("every Kubernetes object uses the stack's provider", async () => {
  const { resources } = await recordServer();
  const strays = resources
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .filter(({ options }) => options.provider !== "server");
  expect(strays.map(({ name }) => name)).toEqual([]);
});

test("the outputs are what clients need, and only the keys are secret", async () => {
  const { outputs } = await recordServer();
  expect(Object.keys(outputs).sort()).toEqual([
    "clientCaCertPem-client",
    "clientCaKeyPem-client",
    "clients",
    "hosts",
    "ingressAddress",
    "ingressAddresses",
    "ingressPort",
    "rootCertPem",
    "serverCaCertPem",
    "signingRoot",
    "trustedRoots",
  ]);
  const secrets = await Promise.all(
    Object.entries(outputs).map(async ([name, output]) =>
      (await (output as { isSecret?: Promise<boolean> }).isSecret) ? [name] : [],
    ),
  );
  expect(secrets.flat()).toEqual(["clientCaKeyPem-client"]);
});

test("only the root's key is protected: a protected certificate could not be renewed", async () => {
  const { resources } = await recordServer({ protectRoot: "always" });
  const held = resources.filter(({ options }) => options.protect).map(({ name }) => name);
  expect(held).toEqual(["certs-root-key"]);
});

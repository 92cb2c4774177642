import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";

import {
  CertHierarchy,
  ClientEgressMtls,
  GatewayLeaf,
  GkeCluster,
  IstioInstall,
  ServerIngressMtls,
} from "../../../components";
import { provider } from "../../../plugin/provider";
import { schema } from "../../../plugin/schema";
import { named, record, valueOf } from "../../support/record";
import { signingRequest } from "../../support/signing-request";

const credential = { chainPem: "CHAIN", privateKeyPem: "KEY", trustAnchorPem: "ROOT" };
const gateway = { name: "gw", namespace: "gw-ns", labels: { istio: "gw" } };
const issuer = { certPem: "CA", privateKeyPem: "CA KEY" };
const revision = {
  name: "default",
  charts: { source: "oci://charts.example.com", version: "1.31.0" },
};

/** Inputs of each component, as another program passes them. */
const ARGS = {
  CertHierarchy: {
    rootCommonName: "root",
    hosts: ["a.example.com"],
    trustDomain: "server.example.com",
    clients: [
      { name: "one", dnsName: "one.example.com", trustDomain: "one.example.com" },
      {
        name: "two",
        dnsName: "two.example.com",
        trustDomain: "two.example.com",
        signingRequestPem: signingRequest({ CN: "two intermediate CA" }),
      },
    ],
  },
  ClientEgressMtls: {
    namespace: "shop",
    gateway,
    server: { address: "203.0.113.64", port: 443, hosts: ["a.example.com"] },
    credential,
    callers: [{ principal: "client.example.com/ns/shop/sa/web" }],
  },
  GatewayLeaf: {
    usage: "client_auth" as const,
    dnsNames: ["client.example.com"],
    issuer,
    validityHours: 24,
  },
  GkeCluster: { project: "my-project", region: "europe-west1", reserveIngressAddress: true },
  IstioInstall: {
    trustDomain: "server.example.com",
    ca: issuer,
    trustAnchorPem: "ROOT",
    revisions: [revision] as [typeof revision],
    gateways: [{ gatewayName: "istio-gw", namespace: "gw-ns", service: "none" as const, revision }],
  },
  ServerIngressMtls: {
    gateway,
    exposure: { type: "LoadBalancer" as const, sourceRanges: ["192.0.2.0/24"] },
    services: [{ host: "a.example.com", namespace: "shop", service: "orders", port: 8080 }],
    clients: [{ dnsName: "client.example.com", principal: "client.example.com/ns/shop/sa/gw" }],
    credential,
    minProtocolVersion: "TLSV1_3" as const,
  },
};

/** The same components, created directly. */
const DIRECT = {
  CertHierarchy: (name) => new CertHierarchy(name, ARGS.CertHierarchy),
  ClientEgressMtls: (name) => new ClientEgressMtls(name, ARGS.ClientEgressMtls),
  GatewayLeaf: (name) => new GatewayLeaf(name, ARGS.GatewayLeaf),
  GkeCluster: (name) => new GkeCluster(name, ARGS.GkeCluster),
  IstioInstall: (name) => new IstioInstall(name, ARGS.IstioInstall),
  ServerIngressMtls: (name) => new ServerIngressMtls(name, ARGS.ServerIngressMtls),
} satisfies Record<keyof typeof ARGS, (name: string) => pulumi.ComponentResource>;

type Component = keyof typeof ARGS;
type Values = Readonly<Record<string, unknown>>;

async function construct(component: string, args: Values) {
  let state: Values = {};
  const resources = await record(async () => {
    const made = await provider.construct?.("it", `mtls:index:${component}`, args, {});
    state = made?.state ?? {};
  });
  return { resources, state };
}

/** An output's value, and whether it is a secret. */
async function opened(value: unknown): Promise<{ value: unknown; secret: boolean }> {
  const output = pulumi.output(value);
  return { value: await valueOf(output), secret: await pulumi.isSecret(output) };
}

describe.each(Object.keys(ARGS) as Component[])("%s by the package", (component) => {
  test("registers what the component itself registers", async () => {
    const direct = await record(() => DIRECT[component]("it"));
    const { resources } = await construct(component, ARGS[component]);
    expect(resources[0]?.type).toBe(`mtls:index:${component}`);
    expect(resources).toEqual(direct);
  });

  test("has the options of the other program", async () => {
    const [made] = await record(() =>
      provider.construct?.("it", `mtls:index:${component}`, ARGS[component], { protect: true }),
    );
    expect(made?.options.protect).toBe(true);
  });

  test("gives the outputs that the schema promises, keys as secrets", async () => {
    const { state } = await construct(component, ARGS[component]);
    const { properties, required } = schema.resources[`mtls:index:${component}`] ?? {};
    expect(Object.keys(state).filter((name) => !(name in (properties ?? {})))).toEqual([]);
    expect(required?.filter((name) => state[name] === undefined)).toEqual([]);
    for (const [name, value] of Object.entries(state)) {
      const { secret } = await opened(value);
      expect([name, secret]).toEqual([name, properties?.[name]?.secret ?? false]);
    }
  });
});

test.each([
  [undefined, undefined],
  [true, true],
])("protectRoot %s makes the root's key protected: %s", async (protectRoot, expected) => {
  const { resources } = await construct("CertHierarchy", { ...ARGS.CertHierarchy, protectRoot });
  expect(named(resources, "it-root-key").options.protect).toBe(expected);
});

describe("outputs", () => {
  test("have keys only for the intermediates that were made here", async () => {
    const { state } = await construct("CertHierarchy", ARGS.CertHierarchy);
    const { value: certs } = await opened(state["clientCaCertPems"]);
    const { value: keys } = await opened(state["clientCaPrivateKeyPems"]);
    expect(Object.keys(certs as object)).toEqual(["one", "two"]);
    expect(Object.keys(keys as object)).toEqual(["one"]);
  });

  test("have a gateway that the next component accepts, also as an output", async () => {
    const { state } = await construct("IstioInstall", ARGS.IstioInstall);
    const gateways = pulumi.output(state["gateways"]) as pulumi.Output<Record<string, object>>;
    const given = gateways.apply((all) => all["istio-gw"] ?? {});
    const { resources } = await construct("ServerIngressMtls", {
      ...ARGS.ServerIngressMtls,
      gateway: given,
    });
    const listener = resources.find(({ name }) => name === "it-gateway");
    expect(listener?.inputs).toMatchObject({
      metadata: { namespace: "gw-ns" },
      spec: { selector: { istio: "gw" } },
    });
  });
});

describe("wrong inputs are refused", () => {
  const hierarchy = ARGS.CertHierarchy;
  const ingress = ARGS.ServerIngressMtls;
  const WRONG: readonly [string, Component, Values, readonly [string, string][]][] = [
    [
      "missing inputs",
      "GatewayLeaf",
      {},
      [
        ["usage", "is missing"],
        ["dnsNames", "is missing"],
        ["issuer", "is missing"],
        ["validityHours", "is missing"],
      ],
    ],
    [
      "an unknown input",
      "CertHierarchy",
      { ...hierarchy, host: "a" },
      [["host", "is not a known key: remove it or correct its name"]],
    ],
    [
      "an unknown input inside another",
      "CertHierarchy",
      { ...hierarchy, clients: [{ ...hierarchy.clients[0], csr: "" }] },
      [["clients[0].csr", "is not a known key: remove it or correct its name"]],
    ],
    [
      "an output that would decide which resources exist",
      "CertHierarchy",
      { ...hierarchy, hosts: pulumi.output(["a"]) },
      [["hosts", "must be a plain value (got an output or a secret)"]],
    ],
    [
      "a number instead of a string",
      "CertHierarchy",
      { ...hierarchy, rootCommonName: 7 },
      [["rootCommonName", "must be a string (got 7): put it in quotation marks"]],
    ],
    [
      "a string instead of a list",
      "CertHierarchy",
      { ...hierarchy, hosts: "a" },
      [["hosts", 'must be a list (got "a")']],
    ],
    [
      "a string instead of an object",
      "ServerIngressMtls",
      { ...ingress, credential: "a" },
      [["credential", 'must be an object (got "a")']],
    ],
    [
      "a list instead of a map",
      "ServerIngressMtls",
      { ...ingress, gateway: { ...gateway, labels: [] } },
      [["gateway.labels", "must be an object (got a list)"]],
    ],
    [
      "a string that is not one of the allowed ones",
      "ServerIngressMtls",
      { ...ingress, minProtocolVersion: "1.3" },
      [["minProtocolVersion", 'must be "TLSV1_2" or "TLSV1_3" (got "1.3")']],
    ],
    [
      "a union with a key of the other member",
      "ServerIngressMtls",
      {
        ...ingress,
        exposure: { type: "NodePort", nodeAddress: "192.0.2.1", nodePort: 30443, sourceRanges: [] },
      },
      [["exposure.sourceRanges", "is not a known key"]],
    ],
    [
      "a union with an unknown member",
      "ServerIngressMtls",
      { ...ingress, exposure: { type: "ClusterIP" } },
      [["exposure.type", 'must be "LoadBalancer" or "NodePort" (got "ClusterIP")']],
    ],
    [
      "an empty list",
      "IstioInstall",
      { ...ARGS.IstioInstall, revisions: [] },
      [["revisions", "must not be empty: name at least one control plane"]],
    ],
    [
      "empty lists of services and clients",
      "ServerIngressMtls",
      { ...ingress, services: [], clients: [] },
      [
        ["services", "must not be empty: name at least one service"],
        ["clients", "must not be empty: name at least one client"],
      ],
    ],
    [
      "an unknown chart",
      "IstioInstall",
      { ...ARGS.IstioInstall, values: { istoid: { pilot: {} } } },
      [["values.istoid", "is not a known key: remove it or correct its name"]],
    ],
    [
      "certificates that outlive their issuer",
      "CertHierarchy",
      { ...hierarchy, lifetimes: { leafHours: 8760 } },
      [["lifetimes.leafHours", "must be at most 2920"]],
    ],
    [
      "a value that Google would refuse",
      "GkeCluster",
      { ...ARGS.GkeCluster, zones: ["us-east1-b"], minNodes: 4 },
      [
        ["zones[0]", 'must be a zone of europe-west1 (got "us-east1-b")'],
        ["minNodes", "must be at most maxNodes, 3 (got 4)"],
      ],
    ],
  ];

  test.each(WRONG)("%s, for %s", async (_, component, args, errors) => {
    const made = provider.construct?.("it", `mtls:index:${component}`, args, {});
    const error: unknown = await made?.catch((reason: unknown) => reason);
    expect(pulumi.InputPropertiesError.isInstance(error) && error.errors).toEqual(
      errors.map(([propertyPath, reason]) => ({
        propertyPath,
        reason: expect.stringContaining(reason) as unknown,
      })),
    );
  });

  test("without showing a secret", async () => {
    const args = { ...ingress, credential: { ...credential, privateKeyPem: ["KEY"] } };
    const made = provider.construct?.("it", "mtls:index:ServerIngressMtls", args, {});
    const error: unknown = await made?.catch((reason: unknown) => reason);
    expect(JSON.stringify(error)).toContain("credential.privateKeyPem");
    expect(JSON.stringify(error)).not.toContain('KEY"');
  });

  test("an unknown component", async () => {
    await expect(construct("Nothing", {})).rejects.toThrow("has no component mtls:index:Nothing");
  });
});

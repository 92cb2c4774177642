import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test, vi } from "vitest";

import type { Settings } from "../../support/config";
import { changes } from "../../support/changes";
import { labelPem } from "../../support/pki";
import { named, type Recorded } from "../../support/record";
import { SIGNED_INTERMEDIATE } from "../../support/signed-intermediate";
import { recordClient, recordRefusedClient, serverIsUp } from "../../support/stacks";

const HOST = "application.demodomain21.com";
const WAREHOUSE = "warehouse.example.com";

/** Outputs of a server with its own root, which admits this client under another name. */
function furtherServer(
  host: string,
  client: {
    readonly name?: string;
    readonly suspended?: boolean;
    readonly namespace?: string;
  } = {},
) {
  const { name = "client", suspended = false, namespace = "httpbin" } = client;
  const principal = `client.demodomain21.com/ns/${namespace}/sa/istio-egressgateway`;
  return {
    ingressAddress: "203.0.113.77",
    ingressPort: 8443,
    hosts: [host],
    rootCertPem: `ROOT of ${host}`,
    serverCaCertPem: `SERVER CA of ${host}`,
    clients: [{ name, dnsName: `client.${host}`, principal, suspended }],
    [`clientCaCertPem-${name}`]: `CLIENT CA of ${host}`,
    [`clientCaKeyPem-${name}`]: pulumi.secret(`CLIENT CA KEY of ${host}`),
  };
}

const warehouse = furtherServer(WAREHOUSE);
const shop = furtherServer("shop.example.com");
const TWO = { additionalServers: [{ name: "warehouse" }] };

interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
}

/** The objects of the cluster, as `kind namespace/name`. */
function objectNames(resources: readonly Recorded[]): readonly string[] {
  return resources
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .map(({ type, inputs }) => {
      const { name = "", namespace = "" } = (inputs["metadata"] ?? {}) as Metadata;
      return `${type.replace(/.*:/, "")} ${namespace}/${name}`;
    })
    .filter((each) => !each.endsWith("/"));
}

describe("a second server", () => {
  test("is called at its own address, with a certificate of its own CA", async () => {
    const { resources, outputs } = await recordClient(TWO, serverIsUp, { warehouse });
    expect(outputs["hosts"]).toEqual([HOST, WAREHOUSE]);
    expect(named(resources, "to-warehouse-entry").inputs["spec"]).toMatchObject({
      hosts: [WAREHOUSE],
      ports: [{ targetPort: 8443 }],
      endpoints: [{ address: "203.0.113.77" }],
    });
    expect(named(resources, "to-warehouse-leaf-cert").inputs).toMatchObject({
      caCertPem: `CLIENT CA of ${WAREHOUSE}`,
    });
    expect(named(resources, "to-warehouse-leaf-request").inputs).toMatchObject({
      dnsNames: [`client.${WAREHOUSE}`],
      uris: ["spiffe://client.demodomain21.com/ns/httpbin/sa/istio-egressgateway"],
    });
    expect(named(resources, "to-warehouse-credential").options.secretInputs).toContain(
      "stringData",
    );
  });

  test("is trusted for its hosts only, and so is the first one", async () => {
    const { resources } = await recordClient(TWO, serverIsUp, { warehouse });
    expect(trustByHost(resources)).toEqual({
      [HOST]: ["client-credential", "ROOT"],
      [WAREHOUSE]: ["client-credential-warehouse", `ROOT of ${WAREHOUSE}`],
    });
  });

  test("does not sign the mesh", async () => {
    const { resources } = await recordClient(TWO, serverIsUp, { warehouse });
    expect(named(resources, "istio-cacerts").inputs).toMatchObject({
      stringData: { "ca-cert.pem": "CLIENT CA", "root-cert.pem": "ROOT" },
    });
  });

  test("is configured by its entry: stack, client, addresses and hosts", async () => {
    const second = "second.example.com";
    const entry = {
      name: "warehouse",
      stack: "acme/meshes/wh",
      clientName: "partner",
      addresses: [{ address: "10.0.0.9", port: 9443 }],
      hosts: [second],
    };
    const server = { ...furtherServer(WAREHOUSE, { name: "partner" }), hosts: [WAREHOUSE, second] };
    const { resources, outputs } = await recordClient({ additionalServers: [entry] }, serverIsUp, {
      "acme/meshes/wh": server,
    });
    expect(outputs["hosts"]).toEqual([HOST, second]);
    expect(named(resources, "to-warehouse-entry").inputs["spec"]).toMatchObject({
      hosts: [second],
      ports: [{ targetPort: 9443 }],
      endpoints: [{ address: "10.0.0.9" }],
    });
  });

  test("is behind a shared egress gateway too", async () => {
    const admitsShared = furtherServer(HOST, { namespace: "istio-system" });
    const { resources } = await recordClient(
      { ...TWO, egressGateway: "shared" },
      { ...serverIsUp, clients: admitsShared.clients },
      { warehouse: furtherServer(WAREHOUSE, { namespace: "istio-system" }) },
    );
    for (const name of ["to-warehouse-gateway", "to-warehouse-credential"]) {
      expect(named(resources, name).inputs["metadata"]).toMatchObject({
        namespace: "istio-system",
      });
    }
    const names = objectNames(resources);
    expect(names.filter((each, index) => names.indexOf(each) !== index)).toEqual([]);
  });

  test("may have suspended the client, and the warning says which one did", async () => {
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
    const suspends = furtherServer(WAREHOUSE, { suspended: true });
    await recordClient(TWO, serverIsUp, { warehouse: suspends });
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      expect.stringMatching(
        /^The server "warehouse" has suspended .* runs `pulumi up -s warehouse`/,
      ),
    ]);
    warn.mockRestore();
  });
});

/** For each host, the Secret of the gateway's connections and the root in it. */
function trustByHost(resources: readonly Recorded[]) {
  const secrets = new Map(
    resources
      .filter(({ type }) => type.endsWith(":Secret"))
      .map(({ inputs }) => {
        const { metadata, stringData } = inputs as unknown as CredentialSecret;
        return [metadata.name, stringData["ca.crt"]] as const;
      }),
  );
  const trust = resources.flatMap(({ inputs }) => {
    const { host, trafficPolicy } = (inputs["spec"] ?? {}) as Partial<RuleSpec>;
    const name = trafficPolicy?.tls?.credentialName;
    return name === undefined || host === undefined
      ? []
      : [[host, [name, secrets.get(name)]] as const];
  });
  return Object.fromEntries(trust);
}

interface CredentialSecret {
  readonly metadata: { readonly name: string };
  readonly stringData: Readonly<Record<string, string>>;
}

interface RuleSpec {
  readonly host: string;
  readonly trafficPolicy?: { readonly tls?: { readonly credentialName?: string } };
}

describe("adding and removing a server", () => {
  const additionalServers = (...list: readonly string[]) => ({
    additionalServers: list.map((name) => ({ name })),
  });
  const record = async (...list: readonly string[]) =>
    (
      await recordClient(additionalServers(...list), serverIsUp, {
        warehouse,
        shop,
        "shop-eu": shopEu,
      })
    ).resources;
  const shopEu = furtherServer("eu.shop.example.com");

  test("changes nothing of the others, wherever in the list it stands", async () => {
    const [none, one, both] = [
      await record(),
      await record("warehouse"),
      await record("shop", "warehouse"),
    ];
    const toSecond = changes(none, one);
    expect(toSecond).toMatchObject({ deleted: [], changed: [] });
    expect(toSecond.created.every((name) => name.startsWith("to-warehouse"))).toBe(true);
    expect(toSecond.created).toContain("to-warehouse-credential");
    const toThird = changes(one, both);
    expect(toThird).toMatchObject({ deleted: [], changed: [] });
    expect(toThird.created.every((name) => name.startsWith("to-shop"))).toBe(true);
  });

  test("never gives two objects one name, even if one server's name starts like another's", async () => {
    const names = objectNames(await record("shop", "shop-eu", "warehouse"));
    expect(names.filter((each, index) => names.indexOf(each) !== index)).toEqual([]);
    expect(names).toContain("Gateway httpbin/egress-to-shop--eu");
  });
});

describe("callers", () => {
  const callers = [
    { serviceAccount: "client", hosts: [HOST] },
    { namespace: "shop", serviceAccount: "web" },
  ];

  test("call the hosts of their lists at each server, and the same namespaces see all rules", async () => {
    const { resources } = await recordClient({ ...TWO, callers }, serverIsUp, { warehouse });
    const admitted = (name: string) =>
      (named(resources, name).inputs["spec"] as PolicySpec).rules.flatMap(({ from }) =>
        from.flatMap(({ source }) => source.notPrincipals),
      );
    const web = "client.demodomain21.com/ns/shop/sa/web";
    expect(admitted("egress-callers-only")).toEqual([
      "client.demodomain21.com/ns/httpbin/sa/client",
      web,
    ]);
    expect(admitted("to-warehouse-callers-only")).toEqual([web]);
    // Istio merges two rules for one Service only if their `exportTo` is the same.
    const [first, second] = ["egress-to-gateway", "to-warehouse-to-gateway"].map(
      (name) => named(resources, name).inputs as unknown as RuleToGateway,
    );
    expect(second?.spec.exportTo).toEqual(first?.spec.exportTo);
    expect(second?.spec.host).toEqual(first?.spec.host);
    expect(second?.metadata.namespace).toEqual(first?.metadata.namespace);
  });

  test("are refused when nobody may call one of the servers", async () => {
    const { message, resources } = await recordRefusedClient(
      { ...TWO, callers: [{ serviceAccount: "client", hosts: [HOST] }] },
      serverIsUp,
      { warehouse },
    );
    expect(resources).toEqual([]);
    expect(message).toBe(
      `callers: must have a caller of the server "warehouse", which has the hosts ${WAREHOUSE}: add one of them to the ` +
        "hosts of a caller, or remove the server. Nothing was created.",
    );
  });
});

interface PolicySpec {
  readonly rules: readonly {
    readonly from: readonly { readonly source: { readonly notPrincipals: readonly string[] } }[];
  }[];
}

interface RuleToGateway {
  readonly metadata: { readonly namespace: string };
  readonly spec: { readonly host: string; readonly exportTo: readonly string[] };
}

describe("an error before anything is created", () => {
  test.each<
    [string, Settings, Readonly<Record<string, Readonly<Record<string, unknown>>>>, string]
  >([
    [
      "the stack does not exist",
      TWO,
      {},
      'The server\'s stack "organization/istio-mtls/warehouse" does not exist. Run `pulumi up -s warehouse` first, or set ' +
        "`additionalServers[0].stack` to the stack that is the server. Nothing was created.",
    ],
    [
      "the stack is not up",
      TWO,
      { warehouse: {} },
      "The server's stack \"organization/istio-mtls/warehouse\" has none of the outputs of this program's server. Run " +
        "`pulumi up -s warehouse` first, or set `additionalServers[0].stack` to the stack that is the server. Nothing was created.",
    ],
    [
      "the server does not admit the client",
      TWO,
      { warehouse: furtherServer(WAREHOUSE, { name: "partner" }) },
      'The server\'s stack "organization/istio-mtls/warehouse" does not admit a client "client" (it admits "partner"). Add it to the ' +
        "server's `clients` and run `pulumi up -s warehouse`, or change this stack's `additionalServers[0].clientName`. Nothing was created.",
    ],
    [
      "the server admits another identity",
      TWO,
      { warehouse: furtherServer(WAREHOUSE, { namespace: "else" }) },
      'The server "warehouse" admits "client" as "client.demodomain21.com/ns/else/sa/istio-egressgateway", but this stack\'s egress ' +
        'gateway is "client.demodomain21.com/ns/httpbin/sa/istio-egressgateway": make trustDomain, namespace and serviceAccount of the ' +
        "server's client agree with this stack's trustDomain, namespace and egressGateway.",
    ],
    [
      "the same stack, by its full name",
      { additionalServers: [{ name: "other", stack: "organization/istio-mtls/server" }] },
      {},
      'additionalServers[0].stack: must not be the stack of serverStack (got "organization/istio-mtls/server"): one entry for each ' +
        "server is enough, and hosts has its hosts. Remove this entry, or correct its stack. Nothing was created.",
    ],
    [
      "the same host at two servers",
      TWO,
      { warehouse: furtherServer(HOST) },
      `additionalServers[0].hosts: must not be hosts of another server (got ${HOST}): the stacks "organization/istio-mtls/server" and ` +
        '"organization/istio-mtls/warehouse" both serve them, and a host has one path. List the hosts to call in hosts and in ' +
        "additionalServers[0].hosts, each host once. Nothing was created.",
    ],
    [
      "a host that the server does not serve",
      { additionalServers: [{ name: "warehouse", hosts: [HOST] }] },
      { warehouse },
      `additionalServers[0].hosts: must be hosts that the server "warehouse" lets "client" call, ${WAREHOUSE} (got ${HOST}): ` +
        `remove the others, or add ${HOST} to the server's services and run \`pulumi up -s warehouse\`.`,
    ],
  ])("%s", async (_, settings, further, expected) => {
    const { message, resources } = await recordRefusedClient(settings, serverIsUp, further);
    expect(resources).toEqual([]);
    expect(message).toBe(expected);
  });
});

describe("with intermediateKey client", () => {
  const OWN_KEY = { ...TWO, intermediateKey: "client" };

  test("each server gets a request of its own, for its own key", async () => {
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
    const { resources, outputs } = await recordClient(OWN_KEY, serverIsUp, { warehouse });
    expect(Object.keys(outputs).filter((name) => name.startsWith("signingRequestPem"))).toEqual([
      "signingRequestPem",
      "signingRequestPem-warehouse",
    ]);
    expect(named(resources, "to-warehouse-ca-request").inputs).toMatchObject({
      privateKeyPem: "private key of to-warehouse-ca-key",
    });
    expect(warn.mock.calls.map(([text]) => text).join("\n")).toMatch(
      /Copy the output signingRequestPem to [^]* Copy the output signingRequestPem-warehouse to .* run `pulumi up -s warehouse`/,
    );
    warn.mockRestore();
  });

  test("one server may have signed before the other", async () => {
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
    const signed = {
      ...warehouse,
      "clientCaCertPem-client": SIGNED_INTERMEDIATE,
      "clientCaKeyPem-client": undefined,
    };
    const { resources, outputs } = await recordClient(OWN_KEY, serverIsUp, { warehouse: signed });
    expect(named(resources, "to-warehouse-leaf-cert").inputs).toMatchObject({
      caCertPem: labelPem(SIGNED_INTERMEDIATE),
      caPrivateKeyPem: "private key of to-warehouse-ca-key",
    });
    expect(named(resources, "client-leaf-cert").inputs).toMatchObject({ caCertPem: "CLIENT CA" });
    expect(Object.keys(outputs).filter((name) => name.startsWith("crlPem"))).toEqual([
      "crlPem-warehouse",
    ]);
    warn.mockRestore();
  });
});

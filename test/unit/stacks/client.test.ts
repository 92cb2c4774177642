import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test, vi } from "vitest";

import { named } from "../../support/record";
import { admitsShared, recordClient, recordRefusedClient, serverIsUp } from "../../support/stacks";
import { outliving } from "../../support/teardown";

const HOST = "application.demodomain21.com";
const SECOND = "second.demodomain21.com";
const twoHosts = { ...serverIsUp, hosts: [HOST, SECOND] };
/** A server of two hosts that lets the client call these. */
const letsCall = (hosts: readonly string[]) => ({
  ...twoHosts,
  clients: (serverIsUp["clients"] as object[]).map((client) => ({ ...client, hosts })),
});
async function spec(name: string, settings = {}, beside = serverIsUp): Promise<unknown> {
  return named((await recordClient(settings, beside)).resources, name).inputs["spec"];
}

describe("the ServiceEntry of the server's host", () => {
  test("has the server's ingress address and port, and only its namespace sees it", async () => {
    expect(await spec("egress-entry")).toEqual({
      hosts: [HOST],
      exportTo: ["."],
      location: "MESH_EXTERNAL",
      resolution: "STATIC",
      ports: [{ number: 80, name: "http", protocol: "HTTP", targetPort: 443 }],
      endpoints: [{ address: "203.0.113.64" }],
    });
  });

  test("has the port and the DNS name of another kind of ingress", async () => {
    const beside = { ...serverIsUp, ingressAddress: "lb.example.com", ingressPort: 30443 };
    expect(await spec("egress-entry", {}, beside)).toMatchObject({
      resolution: "DNS",
      ports: [{ targetPort: 30443 }],
      endpoints: [{ address: "lb.example.com" }],
    });
  });
});

describe("the server's addresses", () => {
  const several = { ...serverIsUp, ingressAddresses: ["203.0.113.64", "203.0.113.65"] };

  test("are all that its stack has", async () => {
    expect(await spec("egress-entry", {}, several)).toMatchObject({
      endpoints: [{ address: "203.0.113.64" }, { address: "203.0.113.65", ports: { http: 443 } }],
    });
    expect(await spec("egress-application-demodomain21-com-originate", {}, several)).toMatchObject({
      trafficPolicy: { outlierDetection: { maxEjectionPercent: 50 } },
    });
  });

  test("are those of the configuration instead, with its ports and localities", async () => {
    const serverAddresses = [
      { address: "10.0.0.5", locality: "europe-west4" },
      { address: "lb.example.com", port: 8443, locality: "us-east1" },
    ];
    expect(await spec("egress-entry", { serverAddresses }, several)).toMatchObject({
      resolution: "DNS",
      ports: [{ targetPort: 443 }],
      endpoints: [
        { address: "10.0.0.5", locality: "europe-west4" },
        { address: "lb.example.com", ports: { http: 8443 }, locality: "us-east1" },
      ],
    });
  });

  test("are one, as with a server of an earlier version: without outlier detection", async () => {
    for (const ingressAddresses of [undefined, ["203.0.113.64"]]) {
      const beside = { ...serverIsUp, ingressAddresses };
      expect(await spec("egress-entry", {}, beside)).toMatchObject({
        endpoints: [{ address: "203.0.113.64" }],
      });
      expect(
        await spec("egress-application-demodomain21-com-originate", {}, beside),
      ).not.toHaveProperty("trafficPolicy.outlierDetection");
    }
  });
});

describe("the route", () => {
  test("goes from the sidecars to the egress gateway, and from it to the server", async () => {
    expect(await spec("egress-application-demodomain21-com-route")).toMatchObject({
      hosts: [HOST],
      gateways: ["mesh", "httpbin/server-egress"],
      exportTo: ["."],
      http: [
        { name: "to-egress-gateway-websocket" },
        {
          name: "to-egress-gateway",
          match: [{ gateways: ["mesh"], port: 80 }],
          route: [
            {
              destination: {
                host: "istio-egressgateway.httpbin.svc.cluster.local",
                subset: "application-demodomain21-com",
                port: { number: 443 },
              },
            },
          ],
        },
        { name: "to-server-websocket" },
        {
          name: "to-server",
          match: [{ gateways: ["httpbin/server-egress"], port: 443 }],
          route: [{ destination: { host: HOST, port: { number: 80 } } }],
        },
      ],
    });
  });
});

test("only the gateway originates mutual TLS, and it checks the server's name", async () => {
  expect(await spec("egress-application-demodomain21-com-originate")).toMatchObject({
    host: HOST,
    exportTo: ["."],
    workloadSelector: { matchLabels: { istio: "egressgateway" } },
    trafficPolicy: {
      tls: {
        mode: "MUTUAL",
        credentialName: "client-credential",
        sni: HOST,
        subjectAltNames: [HOST],
      },
    },
  });
});

describe("callers", () => {
  const callers = [
    { serviceAccount: "client" },
    { namespace: "shop", serviceAccount: "web", hosts: [SECOND] },
  ];

  test("only their service accounts may use the gateway", async () => {
    expect(
      await spec("egress-callers-only", {
        callers: [{ serviceAccount: "client" }, { serviceAccount: "batch" }],
      }),
    ).toEqual({
      selector: { matchLabels: { istio: "egressgateway" } },
      action: "DENY",
      rules: [
        {
          from: [
            {
              source: {
                notPrincipals: [
                  "client.demodomain21.com/ns/httpbin/sa/client",
                  "client.demodomain21.com/ns/httpbin/sa/batch",
                ],
              },
            },
          ],
          to: [{ operation: { hosts: [HOST, `${HOST}:*`] } }],
        },
      ],
    });
  });

  test("in another namespace see the hosts, and each calls those of its list", async () => {
    const { resources } = await recordClient({ callers }, twoHosts);
    expect(named(resources, "egress-entry").inputs["spec"]).toMatchObject({
      exportTo: [".", "shop"],
    });
    expect(named(resources, "egress-callers-only").inputs["spec"]).toMatchObject({
      rules: [
        { from: [{ source: { notPrincipals: ["client.demodomain21.com/ns/httpbin/sa/client"] } }] },
        {
          from: [
            {
              source: {
                notPrincipals: [
                  "client.demodomain21.com/ns/httpbin/sa/client",
                  "client.demodomain21.com/ns/shop/sa/web",
                ],
              },
            },
          ],
          to: [{ operation: { hosts: [SECOND, `${SECOND}:*`] } }],
        },
      ],
    });
  });

  test("do not make the stack write into their namespace", async () => {
    const { resources } = await recordClient({ callers }, twoHosts);
    const inShop = resources.filter(
      ({ inputs }) =>
        (inputs["metadata"] as { namespace?: string } | undefined)?.namespace === "shop",
    );
    expect(inShop).toEqual([]);
    expect(
      resources.filter(({ type }) => type.endsWith(":Namespace")).map(({ name }) => name),
    ).not.toContain("shop");
  });

  test("with a host that the server does not let this client call stop the stack before it creates anything", async () => {
    const { message, resources } = await recordRefusedClient({ callers }, serverIsUp);
    expect(resources).toEqual([]);
    expect(message).toBe(
      `callers[1].hosts: must be hosts that the server lets this client call, ${HOST} (got "${SECOND}"): ` +
        "correct the host, or add it to the server. Nothing was created.",
    );
  });
});

test("the client's leaf has the names that the server admits, and is for clients only", async () => {
  const { resources } = await recordClient();
  expect(named(resources, "client-leaf-request").inputs).toMatchObject({
    dnsNames: ["client.demodomain21.com"],
    uris: ["spiffe://client.demodomain21.com/ns/httpbin/sa/istio-egressgateway"],
  });
  expect(named(resources, "client-leaf-cert").inputs).toMatchObject({
    allowedUses: ["digital_signature", "client_auth"],
    caCertPem: "CLIENT CA",
    caPrivateKeyPem: "CLIENT CA KEY",
  });
  expect(named(resources, "egress-credential").inputs).toMatchObject({
    metadata: { name: "client-credential", namespace: "httpbin" },
    stringData: {
      "tls.crt": "certificate of client-leaf-certCLIENT CA",
      "tls.key": "private key of client-leaf-key",
      "ca.crt": "ROOT",
    },
  });
});

test("keys are secret inputs", async () => {
  const { resources } = await recordClient();
  expect(named(resources, "istio-cacerts").options.secretInputs).toContain("stringData");
  expect(named(resources, "egress-credential").options.secretInputs).toContain("stringData");
  expect(named(resources, "client-leaf-cert").options.secretInputs).toContain("caPrivateKeyPem");
});

test("the mesh has its own trust domain and intermediate", async () => {
  const { resources } = await recordClient();
  expect(named(resources, "istio-istiod").inputs["values"]).toMatchObject({
    meshConfig: { trustDomain: "client.demodomain21.com" },
  });
  expect(named(resources, "istio-cacerts").inputs).toMatchObject({
    stringData: { "ca-cert.pem": "CLIENT CA", "ca-key.pem": "CLIENT CA KEY" },
  });
});

describe("the egress gateway", () => {
  test("dedicated: in the application's namespace", async () => {
    const { resources } = await recordClient();
    const release = named(resources, "istio-istio-egressgateway-release");
    expect(release.inputs).toMatchObject({
      namespace: "httpbin",
      values: { service: { type: "ClusterIP", ports: [{ port: 443, targetPort: 443 }] } },
    });
    expect(outliving(resources, release.name)).toContain("istio-istiod");
  });

  test("shared: in istio-system, with its credential and its rules there", async () => {
    const { resources } = await recordClient({ egressGateway: "shared" }, admitsShared);
    expect(named(resources, "istio-istio-egressgateway-release").inputs).toMatchObject({
      namespace: "istio-system",
    });
    for (const name of [
      "egress-credential",
      "egress-gateway",
      "egress-callers-only",
      "egress-application-demodomain21-com-originate",
    ]) {
      expect(named(resources, name).inputs["metadata"]).toMatchObject({
        namespace: "istio-system",
      });
    }
    for (const name of ["egress-entry", "egress-application-demodomain21-com-route"]) {
      expect(named(resources, name).inputs).toMatchObject({
        metadata: { namespace: "httpbin" },
        spec: { exportTo: [".", "istio-system"] },
      });
    }
    expect(named(resources, "egress-to-gateway").inputs["spec"]).toMatchObject({
      host: "istio-egressgateway.istio-system.svc.cluster.local",
    });
  });
});

test("a policy keeps the application's pods in the cluster, unless it is turned off", async () => {
  expect(named((await recordClient()).resources, "egress-policy").inputs).toMatchObject({
    metadata: { namespace: "httpbin" },
  });
  const { resources } = await recordClient({ networkPolicy: "false" });
  expect(resources.some(({ name }) => name === "egress-policy")).toBe(false);
});

test("the test pod is optional", async () => {
  const { resources } = await recordClient({ testPod: "false" });
  expect(resources.some(({ name }) => name.startsWith("test-pod-"))).toBe(false);
});

describe("hosts", () => {
  test("are all that the server serves, or the configured ones", async () => {
    expect((await recordClient({}, twoHosts)).outputs["hosts"]).toEqual([HOST, SECOND]);
    expect((await recordClient({ hosts: [SECOND] }, twoHosts)).outputs["hosts"]).toEqual([SECOND]);
  });

  test("are only those that the server lets this client call", async () => {
    const { resources, outputs } = await recordClient({}, letsCall([SECOND]));
    expect(outputs["hosts"]).toEqual([SECOND]);
    expect(named(resources, "egress-entry").inputs["spec"]).toMatchObject({ hosts: [SECOND] });
  });

  test.each([
    [
      "another client's host",
      [HOST],
      `add them to hosts of the client "client" in the server's clients`,
    ],
    ["a host that is not served", ["x.example.com"], "add x.example.com to the server's services"],
  ])("refused, before anything is created: %s", async (_, hosts, remedy) => {
    const { message, resources } = await recordRefusedClient({ hosts }, letsCall([SECOND]));
    expect(resources).toEqual([]);
    expect(message).toBe(
      `hosts: must be hosts that the server lets "client" call, ${SECOND} (got ${hosts.join()}): ` +
        `remove the others, or ${remedy} and run \`pulumi up -s server\`.`,
    );
  });
});

test("a suspended client is deployed, with a warning that the server refuses it", async () => {
  const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
  const clients = (serverIsUp["clients"] as object[]).map((client) => ({
    ...client,
    suspended: true,
  }));
  const { resources } = await recordClient({}, { ...serverIsUp, clients });
  expect(resources.some(({ name }) => name === "egress-gateway")).toBe(true);
  expect(warn.mock.calls.map(([text]) => text).join()).toMatch(
    /The server has suspended "client" .* with 403/,
  );
  warn.mockClear();
  await recordClient();
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

describe("an error before anything is created", () => {
  test("when the server admits another identity", async () => {
    await expect(recordClient({ trustDomain: "else.example.com" })).rejects.toThrow(
      /admits "client" as "client.demodomain21.com\/ns\/httpbin\/.*", but this stack's egress gateway is "else.example.com/,
    );
    await expect(recordClient({ egressGateway: "shared" })).rejects.toThrow(/ns\/istio-system\/sa/);
  });
});

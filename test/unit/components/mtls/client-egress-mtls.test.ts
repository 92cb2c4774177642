import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";

import { LEAVING_CLIENT } from "../../../../components/mtls/border-headers";
import { HTTP2_POOL, WEBSOCKET_POOL } from "../../../../components/mtls/connection-pools";
import { SAFE_RETRIES } from "../../../../components/mtls/safe-retries";
import type { ClientEgressMtlsArgs } from "../../../../components/mtls/client-egress-args";
import { named, type Recorded } from "../../../support/record";
import { outliving } from "../../../support/teardown";
import { DEDICATED, HOST, recordEgress, SECOND, serverWith, SHARED } from "./client-egress";

const TWO_HOSTS = serverWith({ hosts: [HOST, SECOND] });

async function spec(name: string, changes: Partial<ClientEgressMtlsArgs> = {}): Promise<unknown> {
  return named(await recordEgress(changes), name).inputs["spec"];
}

describe("the server's hosts, in the client mesh", () => {
  test("are a ServiceEntry with the server's address and port, which only their namespace sees", async () => {
    expect(await spec("egress-entry")).toEqual({
      hosts: [HOST],
      exportTo: ["."],
      location: "MESH_EXTERNAL",
      resolution: "STATIC",
      ports: [{ number: 80, name: "http", protocol: "HTTP", targetPort: 443 }],
      endpoints: [{ address: "203.0.113.64" }],
    });
  });

  test.each([
    ["203.0.113.64", "STATIC"],
    ["2001:db8::1", "STATIC"],
    ["lb.example.com", "DNS"],
    // The labels are numbers, but it is a name.
    ["1.2.3.4.example", "DNS"],
  ])("at %s are resolved by %s", async (address, resolution) => {
    expect(await spec("egress-entry", serverWith({ address, port: 30443 }))).toMatchObject({
      resolution,
      ports: [{ targetPort: 30443 }],
      endpoints: [{ address }],
    });
  });

  test("have no cluster in a sidecar; the filter that removes it comes first", async () => {
    const resources = await recordEgress(TWO_HOSTS);
    expect(named(resources, "egress-no-way-around").inputs).toMatchObject({
      metadata: { namespace: "shop" },
      spec: {
        configPatches: [HOST, SECOND].map((service) => ({
          applyTo: "CLUSTER",
          match: { context: "SIDECAR_OUTBOUND", cluster: { service } },
          patch: { operation: "REMOVE" },
        })),
      },
    });
    expect(outliving(resources, "egress-entry")).toContain("egress-no-way-around");
  });
});

describe("more hosts than one ServiceEntry can have", () => {
  const hosts = Array.from({ length: 257 }, (_, index) => `h${index}.example.com`);
  const entriesOf = (resources: Awaited<ReturnType<typeof recordEgress>>) =>
    ["egress-entry-1-of-2", "egress-entry-2-of-2"].map(
      (name) => named(resources, name).inputs as { metadata: object; spec: { hosts: string[] } },
    );

  test("are several entries, which every route waits for", async () => {
    const resources = await recordEgress(serverWith({ hosts }));
    const entries = entriesOf(resources);
    expect(entries.map(({ metadata }) => metadata)).toEqual([
      { name: "egress-1-of-2", namespace: "shop" },
      { name: "egress-2-of-2", namespace: "shop" },
    ]);
    expect(Math.max(...entries.map(({ spec }) => spec.hosts.length))).toBeLessThanOrEqual(256);
    expect(entries.flatMap(({ spec }) => spec.hosts).sort()).toEqual(hosts.toSorted());
    const before = outliving(resources, "egress-h0-example-com-route");
    expect(before).toContain("egress-entry-1-of-2");
    expect(before).toContain("egress-entry-2-of-2");
  });

  test("stay in their entries when one is added before them", async () => {
    const before = entriesOf(await recordEgress(serverWith({ hosts })));
    const after = entriesOf(
      await recordEgress(serverWith({ hosts: ["new.example.com", ...hosts] })),
    );
    before.forEach(({ spec }, index) => {
      const others = after[index]?.spec.hosts.filter((host) => host !== "new.example.com");
      expect(others).toEqual(spec.hosts);
    });
  });
});

describe("the route", () => {
  const sidecars = { gateways: ["mesh"], port: 80 };
  const gateway = { gateways: ["shop/egress"], port: 443 };
  const toGateway = (subset: string) => [
    {
      destination: {
        host: "istio-egressgateway.shop.svc.cluster.local",
        subset,
        port: { number: 443 },
      },
    },
  ];
  const toServer = { host: HOST, port: { number: 80 } };
  const headers = { upgrade: { regex: "(?i)websocket" } };

  test("goes from the sidecars to the egress gateway, and from it to the server, WebSockets by their own subsets", async () => {
    expect(await spec("egress-application-example-com-route")).toEqual({
      hosts: [HOST],
      gateways: ["mesh", "shop/egress"],
      exportTo: ["."],
      http: [
        {
          name: "to-egress-gateway-websocket",
          match: [{ ...sidecars, headers }],
          route: toGateway("websocket---application-example-com"),
          retries: SAFE_RETRIES,
          rewrite: { authority: HOST },
        },
        {
          name: "to-egress-gateway",
          match: [sidecars],
          route: toGateway("application-example-com"),
          retries: SAFE_RETRIES,
          rewrite: { authority: HOST },
        },
        {
          name: "to-server-websocket",
          match: [{ ...gateway, headers }],
          route: [{ destination: { ...toServer, subset: "websocket" } }],
          retries: SAFE_RETRIES,
          headers: LEAVING_CLIENT,
        },
        {
          name: "to-server",
          match: [gateway],
          route: [{ destination: toServer }],
          retries: SAFE_RETRIES,
          headers: LEAVING_CLIENT,
        },
      ],
    });
  });

  test("keeps the subsets of two hosts apart, also when a host is named after the subset", async () => {
    const hosts = ["example.com", "websocket.example.com"];
    const { subsets } = (await spec("egress-to-gateway", serverWith({ hosts }))) as {
      subsets: readonly { name: string }[];
    };
    expect(new Set(subsets.map(({ name }) => name)).size).toBe(4);
  });

  test("never comes before the rules that make its next hop mutual TLS", async () => {
    const before = outliving(await recordEgress(), "egress-application-example-com-route");
    for (const name of [
      "egress-entry",
      "egress-to-gateway",
      "egress-application-example-com-originate",
      "egress-callers-only",
      "egress-credential",
    ]) {
      expect(before).toContain(name);
    }
  });

  test("has two subsets per host, with the host as SNI: HTTP/2, and HTTP/1.1 for WebSockets", async () => {
    expect(await spec("egress-to-gateway", TWO_HOSTS)).toEqual({
      host: "istio-egressgateway.shop.svc.cluster.local",
      exportTo: ["."],
      subsets: [HOST, SECOND].flatMap((sni) =>
        [
          { prefix: "", connectionPool: HTTP2_POOL },
          { prefix: "websocket---", connectionPool: WEBSOCKET_POOL },
        ].map(({ prefix, connectionPool }) => ({
          name: `${prefix}${sni.replaceAll(".", "-")}`,
          trafficPolicy: {
            connectionPool,
            tls: { mode: "ISTIO_MUTUAL", sni },
          },
        })),
      ),
    });
    expect(await spec("egress-gateway", TWO_HOSTS)).toMatchObject({
      selector: { istio: "egressgateway" },
      servers: [{ port: { number: 443 }, hosts: [HOST, SECOND], tls: { mode: "ISTIO_MUTUAL" } }],
    });
  });
});

test("only the gateway originates mutual TLS to the server, and it checks the server's name", async () => {
  expect(await spec("egress-application-example-com-originate")).toEqual({
    host: HOST,
    exportTo: ["."],
    workloadSelector: { matchLabels: { istio: "egressgateway" } },
    trafficPolicy: {
      connectionPool: HTTP2_POOL,
      tls: {
        mode: "MUTUAL",
        credentialName: "egress-credential",
        sni: HOST,
        subjectAltNames: [HOST],
      },
    },
    // A subset without TLS settings has those of the rule.
    subsets: [
      {
        name: "websocket",
        trafficPolicy: { connectionPool: WEBSOCKET_POOL },
      },
    ],
  });
});

describe("a server with several addresses", () => {
  const several = serverWith({
    locality: "europe-west4",
    alternatives: [
      { address: "198.51.100.7", port: 30443, locality: "us-east1/us-east1-b" },
      { address: "2001:db8::1", port: 443, locality: "us-east1" },
    ],
  });

  test("has an endpoint for each, with its port and locality", async () => {
    expect(await spec("egress-entry", several)).toMatchObject({
      resolution: "STATIC",
      ports: [{ name: "http", targetPort: 443 }],
      endpoints: [
        { address: "203.0.113.64", locality: "europe-west4" },
        { address: "198.51.100.7", ports: { http: 30443 }, locality: "us-east1/us-east1-b" },
        { address: "2001:db8::1", ports: { http: 443 }, locality: "us-east1" },
      ],
    });
  });

  test("is resolved by DNS as soon as one address is a name", async () => {
    const named = serverWith({ alternatives: [{ address: "lb.example.com", port: 443 }] });
    expect(await spec("egress-entry", named)).toMatchObject({ resolution: "DNS" });
  });

  test("loses those to which connections fail, except the last one; responses do not count", async () => {
    const rule = await spec("egress-application-example-com-originate", several);
    expect(rule).toMatchObject({
      trafficPolicy: {
        outlierDetection: {
          splitExternalLocalOriginErrors: true,
          consecutiveLocalOriginFailures: 3,
          consecutive5xxErrors: 0,
          baseEjectionTime: "30s",
          maxEjectionPercent: 66,
        },
      },
    });
  });
});

test("the gateway's connections to the server use TLS 1.3 only if that is the minimum", async () => {
  const names = (await recordEgress()).map(({ name }) => name);
  expect(names).not.toContain("egress-newest-tls-only");
  const resources = await recordEgress({
    minProtocolVersion: "TLSV1_3",
    gateway: SHARED,
    ...serverWith({ hosts: [HOST, SECOND] }),
  });
  expect(named(resources, "egress-newest-tls-only").inputs).toMatchObject({
    metadata: { namespace: "istio-system" },
    spec: {
      workloadSelector: { labels: { istio: "egressgateway" } },
      configPatches: [HOST, SECOND].map((host) => ({
        applyTo: "CLUSTER",
        match: { context: "GATEWAY", cluster: { service: host } },
        patch: {
          operation: "MERGE",
          value: {
            transport_socket: {
              typed_config: {
                common_tls_context: { tls_params: { tls_minimum_protocol_version: "TLSv1_3" } },
              },
            },
          },
        },
      })),
    },
  });
});

describe("only the callers may use the gateway for the hosts", () => {
  const [web, batch] = ["web", "batch"].map(
    (account) => `client.example.com/ns/shop/sa/${account}`,
  ) as [string, string];
  const rule = (callers: readonly string[], ...hosts: readonly string[]) => ({
    ...(callers.length > 0 && { from: [{ source: { notPrincipals: callers } }] }),
    to: [{ operation: { hosts: hosts.flatMap((host) => [host, `${host}:*`]) } }],
  });

  test("each for all of them, unless it has a list", async () => {
    const callers = [{ principal: web }, { principal: batch }];
    expect(await spec("egress-callers-only", { ...TWO_HOSTS, callers })).toEqual({
      selector: { matchLabels: { istio: "egressgateway" } },
      action: "DENY",
      rules: [rule([web, batch], HOST, SECOND)],
    });
  });

  test("some for some of them only", async () => {
    const callers = [{ principal: web }, { principal: batch, hosts: [SECOND] }];
    expect(await spec("egress-callers-only", { ...TWO_HOSTS, callers })).toMatchObject({
      rules: [rule([web], HOST), rule([web, batch], SECOND)],
    });
  });

  test("nobody for a host that is in no list", async () => {
    const callers = [{ principal: web, hosts: [SECOND] }];
    expect(await spec("egress-callers-only", { ...TWO_HOSTS, callers })).toMatchObject({
      rules: [rule([], HOST), rule([web], SECOND)],
    });
  });
});

describe("callers in other namespaces", () => {
  const callerNamespaces = ["web", "batch"];

  test("see the hosts, their routes, and the rule of the gateway", async () => {
    for (const name of [
      "egress-entry",
      "egress-application-example-com-route",
      "egress-to-gateway",
    ]) {
      expect(await spec(name, { callerNamespaces })).toMatchObject({
        exportTo: [".", "web", "batch"],
      });
    }
    expect(
      await spec("egress-application-example-com-originate", { callerNamespaces }),
    ).toMatchObject({ exportTo: ["."] });
  });

  test("of a shared gateway find its rule in its namespace, as Istio looks it up", async () => {
    const resources = await recordEgress({ callerNamespaces, gateway: SHARED });
    expect(named(resources, "egress-to-gateway").inputs).toMatchObject({
      metadata: { name: "egress-gateway", namespace: "istio-system" },
      spec: { exportTo: [".", "shop", "web", "batch"] },
    });
    expect(named(resources, "egress-entry").inputs["spec"]).toMatchObject({
      exportTo: [".", "istio-system", "web", "batch"],
    });
  });

  test("have no cluster of the hosts in their sidecars, by filters outside their namespaces", async () => {
    const resources = await recordEgress({ callerNamespaces });
    for (const namespace of callerNamespaces) {
      const name = `egress-no-way-around-${namespace}`;
      expect(named(resources, name).inputs).toMatchObject({
        metadata: { name, namespace: "istio-system" },
        spec: {
          configPatches: [
            {
              applyTo: "CLUSTER",
              match: {
                context: "SIDECAR_OUTBOUND",
                proxy: { metadata: { NAMESPACE: namespace } },
                cluster: { service: HOST },
              },
              patch: { operation: "REMOVE" },
            },
          ],
        },
      });
      expect(outliving(resources, "egress-entry")).toContain(name);
    }
  });

  test("get nothing written into their namespaces", async () => {
    const resources = await recordEgress({ callerNamespaces });
    const namespaces = resources.map(
      ({ inputs }) => (inputs["metadata"] as { namespace?: string } | undefined)?.namespace,
    );
    expect(namespaces).not.toContain("web");
    expect(namespaces).not.toContain("batch");
  });
});

test("the credential has the client's certificate and the server's trust anchor, as a secret", async () => {
  const { inputs, options } = named(await recordEgress(), "egress-credential");
  expect(inputs).toMatchObject({
    metadata: { name: "egress-credential", namespace: "shop" },
    type: "kubernetes.io/tls",
    stringData: { "tls.crt": "CHAIN", "tls.key": "KEY", "ca.crt": "ROOT" },
  });
  expect(options.secretInputs).toEqual(["stringData"]);
});

test("a shared gateway: its objects are in its namespace, the application's in its own", async () => {
  const resources = await recordEgress({ gateway: SHARED });
  for (const name of [
    "egress-credential",
    "egress-gateway",
    "egress-callers-only",
    "egress-application-example-com-originate",
  ]) {
    expect(named(resources, name).inputs["metadata"]).toMatchObject({ namespace: "istio-system" });
  }
  for (const name of ["egress-entry", "egress-application-example-com-route"]) {
    expect(named(resources, name).inputs).toMatchObject({
      metadata: { namespace: "shop" },
      spec: { exportTo: [".", "istio-system"] },
    });
  }
  expect(named(resources, "egress-to-gateway").inputs).toMatchObject({
    metadata: { namespace: "shop" },
    spec: { host: "istio-egressgateway.istio-system.svc.cluster.local" },
  });
});

test("the gateway may be an output", async () => {
  const byUrn = (resources: readonly Recorded[]) =>
    Object.fromEntries(resources.map((resource) => [resource.urn, resource]));
  const resources = await recordEgress({ gateway: pulumi.output(DEDICATED) });
  expect(byUrn(resources)).toEqual(byUrn(await recordEgress()));
});

describe("a transform", () => {
  test("sets a time-out and retries of the sidecars' route only", async () => {
    const route = {
      timeout: "10s",
      retries: { attempts: 2, perTryTimeout: "3s", retryOn: "connect-failure,503" },
    };
    const http = await spec("egress-application-example-com-route", {
      transform: {
        virtualService: (args) => ({
          ...args,
          spec: {
            ...args.spec,
            http: args.spec.http.map((hop) =>
              hop.name === "to-egress-gateway" ? { ...hop, ...route } : hop,
            ),
          },
        }),
      },
    });
    expect(http).toMatchObject({ http: [{}, { name: "to-egress-gateway", ...route }, {}, {}] });
    expect(JSON.stringify(http).match(/"timeout"/g)).toHaveLength(1);
  });

  test("sets a connection pool and outlier detection towards the server, and keeps the TLS", async () => {
    const pool = {
      connectionPool: { tcp: { maxConnections: 50, connectTimeout: "2s" } },
      outlierDetection: { consecutive5xxErrors: 5 },
    };
    const resources = await recordEgress({
      transform: {
        destinationRuleToServer: (args) => ({
          ...args,
          spec: { ...args.spec, trafficPolicy: { ...args.spec.trafficPolicy, ...pool } },
        }),
      },
    });
    expect(named(resources, "egress-application-example-com-originate").inputs).toMatchObject({
      spec: { trafficPolicy: { ...pool, tls: { mode: "MUTUAL", subjectAltNames: [HOST] } } },
    });
    expect(JSON.stringify(named(resources, "egress-to-gateway").inputs)).not.toContain("5xx");
  });

  test("reaches each kind of object that has one, with the resource's name", async () => {
    const seen: string[] = [];
    const annotate = <Args extends { readonly metadata: object }>(args: Args, name: string) => {
      seen.push(name);
      return { ...args, metadata: { ...args.metadata, annotations: { owner: "shop" } } };
    };
    const resources = await recordEgress({
      transform: {
        serviceEntry: annotate,
        gateway: annotate,
        destinationRuleToGateway: annotate,
        destinationRuleToServer: annotate,
        virtualService: annotate,
      },
    });
    const annotated = resources.filter(({ inputs }) => JSON.stringify(inputs).includes("owner"));
    expect(annotated.map(({ name }) => name).sort()).toEqual([
      "egress-application-example-com-originate",
      "egress-application-example-com-route",
      "egress-entry",
      "egress-gateway",
      "egress-to-gateway",
    ]);
    expect(annotated.map(({ name }) => name).sort()).toEqual(seen.sort());
  });
});

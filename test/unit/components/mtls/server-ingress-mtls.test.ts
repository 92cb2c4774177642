import { describe, expect, test } from "vitest";

import type { ServerIngressMtlsArgs } from "../../../../components/mtls/server-ingress-args";
import { AT_SERVER } from "../../../../components/mtls/border-headers";
import {
  HTTP2_POOL,
  SERVICE_POOL,
  WEBSOCKET_POOL,
} from "../../../../components/mtls/connection-pools";
import type { ServicePath } from "../../../../components/mtls/service-path";
import { SAFE_RETRIES } from "../../../../components/mtls/safe-retries";
import { SUSPENDED_BODY } from "../../../../components/mtls/server/suspension-notice";
import { createCertificate } from "../../../support/pki";
import { named, valueOf } from "../../../support/record";
import { outliving } from "../../../support/teardown";
import { clientNamed, FIRST, recordIngress, SECOND } from "./server-ingress";

async function spec(name: string, changes: Partial<ServerIngressMtlsArgs> = {}): Promise<unknown> {
  return named((await recordIngress(changes)).resources, name).inputs["spec"];
}

describe("the ingress gateway's listener", () => {
  test("demands a certificate with the name of an admitted client", async () => {
    expect(await spec("ingress-gateway")).toEqual({
      selector: { istio: "ingressgateway" },
      servers: [
        {
          port: { number: 443, name: "https-mtls", protocol: "HTTPS" },
          hosts: [FIRST.host],
          tls: {
            mode: "MUTUAL",
            credentialName: "ingress-credential",
            subjectAltNames: ["client.example.com"],
            minProtocolVersion: "TLSV1_2",
          },
        },
      ],
    });
  });

  test("offers every service, and admits each client's name", async () => {
    const changes = {
      services: [FIRST, SECOND],
      clients: [clientNamed("a"), clientNamed("b")],
      minProtocolVersion: "TLSV1_3" as const,
    };
    expect(await spec("ingress-gateway", changes)).toMatchObject({
      servers: [
        {
          hosts: [FIRST.host, SECOND.host],
          tls: {
            subjectAltNames: ["a.example.com", "b.example.com"],
            minProtocolVersion: "TLSV1_3",
          },
        },
      ],
    });
  });
});

const POLICY = "kubernetes:security.istio.io/v1:AuthorizationPolicy";
const FILTER = "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter";

/** The policy of a client. */
const policyOf = (name: string, changes: Partial<ServerIngressMtlsArgs>) =>
  spec(`ingress-client-${name}-example-com`, changes);

describe("a client's policy", () => {
  const both = { services: [FIRST, SECOND] };
  const admits = (name: string, ...hosts: readonly string[]) => ({
    selector: { matchLabels: { istio: "ingressgateway" } },
    action: "ALLOW",
    rules: [
      {
        from: [{ source: { principals: [`${name}.example.com/ns/shop/sa/gateway`] } }],
        to: [{ operation: { hosts: hosts.flatMap((host) => [host, `${host}:*`]) } }],
      },
    ],
  });

  test("admits its identity to every host, or only to its hosts", async () => {
    const clients = [clientNamed("a"), { ...clientNamed("b"), hosts: [SECOND.host] }];
    expect(await policyOf("a", { ...both, clients })).toEqual(admits("a", FIRST.host, SECOND.host));
    expect(await policyOf("b", { ...both, clients })).toEqual(admits("b", SECOND.host));
  });

  test("refuses all its requests while it is suspended, and admits it to nothing", async () => {
    const { resources } = await recordIngress({
      clients: [{ ...clientNamed("a"), hosts: [FIRST.host], suspended: true }],
    });
    expect(named(resources, "ingress-client-a-example-com").inputs["spec"]).toEqual({
      selector: { matchLabels: { istio: "ingressgateway" } },
      action: "DENY",
      rules: [{ from: [{ source: { principals: ["a.example.com/ns/shop/sa/gateway"] } }] }],
    });
    const policies = resources.filter(({ type }) => type === POLICY);
    const allowing = policies.filter(({ inputs }) =>
      /"action":"ALLOW".*principals/.test(JSON.stringify(inputs["spec"])),
    );
    expect(allowing).toEqual([]);
  });

  test("is backed by one that refuses everyone else, even when all clients are suspended", async () => {
    const { resources } = await recordIngress({
      clients: [{ ...clientNamed("a"), suspended: true }],
    });
    expect(named(resources, "ingress-default-deny").inputs["spec"]).toEqual({
      selector: { matchLabels: { istio: "ingressgateway" } },
      action: "ALLOW",
    });
    expect(outliving(resources, "ingress-client-a-example-com")).toContain("ingress-default-deny");
  });
});

describe("the answer to a suspended client", () => {
  test("says that it is suspended, by the name of the policy that refused", async () => {
    const clients = [clientNamed("a"), { ...clientNamed("b"), suspended: true }];
    const { inputs } = named(
      (await recordIngress({ clients })).resources,
      "ingress-suspension-notice",
    );
    expect(inputs["spec"]).toMatchObject({
      workloadSelector: { labels: { istio: "ingressgateway" } },
      configPatches: [{ applyTo: "NETWORK_FILTER", match: { context: "GATEWAY" } }],
    });
    const text = JSON.stringify(inputs["spec"]);
    expect(text).toContain(
      String.raw`startsWith(\"rbac_access_denied_matched_policy[ns[istio-ingress]-policy[ingress-client-\")`,
    );
    expect(text).toContain(JSON.stringify(SUSPENDED_BODY));
  });

  test("needs no filter while no client is suspended", async () => {
    const { resources } = await recordIngress();
    expect(resources.filter(({ type }) => type === FILTER)).toEqual([]);
  });

  test("is the same filter for one suspended client and for two", async () => {
    const suspend = (...names: readonly string[]) =>
      spec("ingress-suspension-notice", {
        clients: ["a", "b"].map((name) => ({
          ...clientNamed(name),
          suspended: names.includes(name),
        })),
      });
    expect(await suspend("a")).toEqual(await suspend("a", "b"));
  });
});

describe("a change of one client", () => {
  const [a, b, c] = ["a", "b", "c"].map(clientNamed) as [Client, Client, Client];
  type Client = ReturnType<typeof clientNamed>;

  /** Each object of the cluster by its resource's name. */
  const objects = async (clients: ServerIngressMtlsArgs["clients"]) => {
    const { resources } = await recordIngress({ services: [FIRST, SECOND], clients });
    return new Map(resources.map(({ name, inputs }) => [name, JSON.stringify(inputs)]));
  };
  /** What differs between two lists of clients. */
  const changed = async (
    before: ServerIngressMtlsArgs["clients"],
    after: ServerIngressMtlsArgs["clients"],
  ) => {
    const [from, to] = [await objects(before), await objects(after)];
    const names = new Set([...from.keys(), ...to.keys()]);
    return [...names].filter((name) => from.get(name) !== to.get(name)).sort();
  };

  test.each<[string, ServerIngressMtlsArgs["clients"], readonly string[]]>([
    ["the first is removed", [b, c], ["ingress-client-a-example-com", "ingress-gateway"]],
    ["the second is removed", [a, c], ["ingress-client-b-example-com", "ingress-gateway"]],
    [
      "one is added at the start",
      [clientNamed("0"), a, b, c],
      ["ingress-client-0-example-com", "ingress-gateway"],
    ],
    [
      "one is suspended",
      [a, { ...b, suspended: true }, c],
      ["ingress-client-b-example-com", "ingress-suspension-notice"],
    ],
    [
      "one gets fewer hosts",
      [a, { ...b, hosts: [SECOND.host] }, c],
      ["ingress-client-b-example-com"],
    ],
    ["they are listed in another order", [c, a, b], []],
  ])("changes only its own policy, and what cannot be its own: %s", async (_, after, names) => {
    expect(await changed([a, b, c], after)).toEqual(names);
  });
});

test("each service has a route from the listener, by mutual TLS of the mesh", async () => {
  const { resources } = await recordIngress({ services: [FIRST, SECOND] });
  expect(named(resources, "ingress-second-example-com-route").inputs["spec"]).toEqual({
    hosts: [SECOND.host],
    gateways: ["istio-ingress/ingress"],
    exportTo: ["."],
    http: [
      {
        name: "to-service",
        match: [{ gateways: ["istio-ingress/ingress"], port: 443 }],
        route: [{ destination: { host: "api.stock.svc.cluster.local", port: { number: 80 } } }],
        retries: SAFE_RETRIES,
        headers: AT_SERVER,
      },
    ],
  });
  expect(named(resources, "ingress-second-example-com-rule").inputs["spec"]).toEqual({
    host: "api.stock.svc.cluster.local",
    exportTo: ["."],
    trafficPolicy: { connectionPool: SERVICE_POOL, tls: { mode: "ISTIO_MUTUAL" } },
  });
  expect(outliving(resources, "ingress-second-example-com-route")).toContain(
    "ingress-second-example-com-rule",
  );
});

test("the credential has the server's certificate and the clients' trust anchor, as a secret", async () => {
  const { inputs, options } = named((await recordIngress()).resources, "ingress-credential");
  expect(inputs).toMatchObject({
    metadata: { name: "ingress-credential", namespace: "istio-ingress" },
    type: "kubernetes.io/tls",
    stringData: { "tls.crt": "CHAIN", "tls.key": "KEY", "ca.crt": "ROOT" },
  });
  expect(options.secretInputs).toEqual(["stringData"]);
});

describe("a service", () => {
  const rule = async (changes: object) => {
    const { resources } = await recordIngress({ services: [{ ...FIRST, ...changes }] });
    const { inputs } = named(resources, "ingress-first-example-com-rule");
    return { resources, spec: inputs["spec"] };
  };

  test("without a sidecar is called without TLS", async () => {
    expect((await rule({ tls: "none" })).spec).toMatchObject({
      trafficPolicy: { tls: { mode: "DISABLE" }, connectionPool: SERVICE_POOL },
    });
  });

  test("gets HTTP/2 if its entry says so, and WebSockets on connections of their own", async () => {
    const { resources, spec } = await rule({ http2: true, routes: [{ path: "/api" }] });
    expect(spec).toMatchObject({
      trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" }, connectionPool: HTTP2_POOL },
      subsets: [{ name: "websocket", trafficPolicy: { connectionPool: WEBSOCKET_POOL } }],
    });
    const { http } = named(resources, "ingress-first-example-com-route").inputs["spec"] as {
      readonly http: readonly unknown[];
    };
    const upgrade = { headers: { upgrade: { regex: "(?i)websocket" } } };
    expect(http).toMatchObject([
      {
        name: "to-service/api-websocket",
        match: [
          { uri: { exact: "/api" }, ...upgrade },
          { uri: { prefix: "/api/" }, ...upgrade },
        ],
        route: [{ destination: { subset: "websocket" } }],
      },
      { name: "to-service/api" },
    ]);
    expect(http[1]).not.toHaveProperty("route.0.destination.subset");
  });

  test("with its own certificate must have the Service's name and chain to the roots", async () => {
    const tlsCaPem = createCertificate("roots");
    const { spec, resources } = await rule({ tls: "simple", tlsCaPem });
    expect(spec).toMatchObject({
      workloadSelector: { matchLabels: { istio: "ingressgateway" } },
      trafficPolicy: {
        tls: {
          mode: "SIMPLE",
          credentialName: "ingress-first-example-com-ca",
          sni: "web.shop.svc",
          subjectAltNames: ["web.shop.svc"],
        },
      },
    });
    expect(named(resources, "ingress-first-example-com-rule-ca").inputs).toMatchObject({
      metadata: { namespace: "istio-ingress", name: "ingress-first-example-com-ca" },
      stringData: { cacert: "certificate of roots" },
    });
  });

  test("with its own certificate can have another name", async () => {
    const tlsCaPem = createCertificate("roots");
    const { spec } = await rule({ tls: "simple", tlsCaPem, tlsName: "web.example.com" });
    expect(spec).toMatchObject({
      trafficPolicy: { tls: { sni: "web.example.com", subjectAltNames: ["web.example.com"] } },
    });
  });
});

describe("the paths of a service", () => {
  const routes = async (...paths: readonly ServicePath[]) => {
    const changes = { services: [{ ...FIRST, routes: paths }] };
    const { http } = (await spec("ingress-first-example-com-route", changes)) as {
      readonly http: readonly Readonly<Record<string, unknown>>[];
    };
    return http;
  };
  const from = { gateways: ["istio-ingress/ingress"], port: 443 };

  test("are all paths, without a time-out, unless they are listed", async () => {
    const { http } = (await spec("ingress-first-example-com-route")) as { readonly http: unknown };
    expect(http).toEqual([
      expect.objectContaining({ name: "to-service", match: [from], retries: SAFE_RETRIES }),
    ]);
    expect(await routes({ path: "/" })).toEqual(http);
  });

  test("are whole segments, and the longest comes first", async () => {
    const found = await routes({ path: "/api" }, { path: "/" }, { path: "/api/v1" });
    expect(found.map(({ name, match }) => [name, match])).toEqual([
      [
        "to-service/api/v1",
        [
          { ...from, uri: { exact: "/api/v1" } },
          { ...from, uri: { prefix: "/api/v1/" } },
        ],
      ],
      [
        "to-service/api",
        [
          { ...from, uri: { exact: "/api" } },
          { ...from, uri: { prefix: "/api/" } },
        ],
      ],
      ["to-service", [from]],
    ]);
  });

  test("a time-out leaves gRPC and WebSockets alone", async () => {
    const [streams, others, ...more] = await routes({ path: "/", timeoutSeconds: 5 });
    expect(more).toEqual([]);
    expect(streams).toMatchObject({
      match: [
        { ...from, headers: { "content-type": { regex: "application/grpc.*" } } },
        { ...from, headers: { upgrade: { regex: "(?i)websocket" } } },
      ],
    });
    expect(streams).not.toHaveProperty("timeout");
    expect(others).toMatchObject({ match: [from], timeout: "5s" });
  });

  test("retries repeat only requests that change nothing", async () => {
    const [streams, reads, others] = await routes({ path: "/", retries: 2, timeoutSeconds: 5 });
    expect(streams).toMatchObject({ retries: SAFE_RETRIES });
    expect(reads).toMatchObject({
      match: [{ ...from, method: { regex: "GET|HEAD|OPTIONS" } }],
      timeout: "5s",
      retries: {
        attempts: 2,
        retryOn: "connect-failure,refused-stream,reset-before-request,reset,gateway-error",
      },
    });
    expect(others).toMatchObject({ match: [from], retries: SAFE_RETRIES, timeout: "5s" });
  });
});

describe("the address", () => {
  test("is the load balancer's", async () => {
    const { resources, ingress } = await recordIngress({
      exposure: {
        type: "LoadBalancer",
        reservedAddress: "203.0.113.64",
        sourceRanges: ["203.0.113.7/32"],
        annotations: { "example.com/internal": "true" },
      },
    });
    expect(named(resources, "ingress-service").inputs).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "ingress",
        namespace: "istio-ingress",
        annotations: {
          "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress}",
          "example.com/internal": "true",
        },
      },
      spec: {
        type: "LoadBalancer",
        selector: { istio: "ingressgateway" },
        ports: [{ name: "https", port: 443, targetPort: 443, protocol: "TCP" }],
        externalTrafficPolicy: "Local",
        loadBalancerIP: "203.0.113.64",
        loadBalancerSourceRanges: ["203.0.113.7/32"],
      },
    });
    expect(await valueOf(ingress.address)).toBe("203.0.113.64");
    expect(await valueOf(ingress.port)).toBe(443);
  });

  test("is a node's on a cluster without load balancers", async () => {
    const { resources, ingress } = await recordIngress({
      exposure: { type: "NodePort", nodeAddress: "192.0.2.7", nodePort: 31_443 },
    });
    expect(named(resources, "ingress-service").inputs["spec"]).toEqual({
      type: "NodePort",
      selector: { istio: "ingressgateway" },
      ports: [{ name: "https", port: 443, targetPort: 443, protocol: "TCP", nodePort: 31_443 }],
    });
    expect(await valueOf(ingress.address)).toBe("192.0.2.7");
    expect(await valueOf(ingress.port)).toBe(31_443);
  });
});

describe("a transform", () => {
  test("sets a time-out, retries and a connection pool of a service", async () => {
    const { resources } = await recordIngress({
      services: [FIRST, SECOND],
      transform: {
        virtualService: (args) =>
          args.spec.hosts.includes(FIRST.host)
            ? {
                ...args,
                spec: {
                  ...args.spec,
                  http: args.spec.http.map((route) => ({
                    ...route,
                    timeout: "5s",
                    retries: { attempts: 1 },
                  })),
                },
              }
            : args,
        destinationRule: (args) => ({
          ...args,
          spec: {
            ...args.spec,
            trafficPolicy: {
              ...args.spec.trafficPolicy,
              connectionPool: { http: { http1MaxPendingRequests: 10 } },
            },
          },
        }),
      },
    });
    expect(named(resources, "ingress-first-example-com-route").inputs).toMatchObject({
      spec: { http: [{ name: "to-service", timeout: "5s", retries: { attempts: 1 } }] },
    });
    const other = named(resources, "ingress-second-example-com-route").inputs;
    expect(JSON.stringify(other)).not.toContain("timeout");
    expect(named(resources, "ingress-first-example-com-rule").inputs).toMatchObject({
      spec: {
        trafficPolicy: {
          tls: { mode: "ISTIO_MUTUAL" },
          connectionPool: { http: { http1MaxPendingRequests: 10 } },
        },
      },
    });
  });

  test("annotates the Service, and sets cipher suites of the listener", async () => {
    const { resources } = await recordIngress({
      transform: {
        service: (args) => ({ ...args, metadata: { ...args.metadata, annotations: { a: "b" } } }),
        gateway: (args) => ({
          ...args,
          spec: {
            ...args.spec,
            servers: args.spec.servers.map((server) =>
              server.tls.mode === "MUTUAL"
                ? {
                    ...server,
                    tls: { ...server.tls, cipherSuites: ["ECDHE-ECDSA-AES256-GCM-SHA384"] },
                  }
                : server,
            ),
          },
        }),
      },
    });
    expect(named(resources, "ingress-service").inputs["metadata"]).toEqual({
      name: "ingress",
      namespace: "istio-ingress",
      annotations: { a: "b" },
    });
    expect(named(resources, "ingress-gateway").inputs).toMatchObject({
      spec: { servers: [{ tls: { cipherSuites: ["ECDHE-ECDSA-AES256-GCM-SHA384"] } }] },
    });
  });
});

import { describe, expect, test } from "vitest";

import type { ServerIngressMtlsArgs } from "../../../../components/mtls/server-ingress-args";
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

test("only the admitted clients' gateways pass the policy, and only to the hosts", async () => {
  expect(await spec("ingress-admitted")).toEqual({
    selector: { matchLabels: { istio: "ingressgateway" } },
    action: "ALLOW",
    rules: [
      {
        from: [{ source: { principals: ["client.example.com/ns/shop/sa/gateway"] } }],
        to: [{ operation: { hosts: [FIRST.host, `${FIRST.host}:*`] } }],
      },
    ],
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
      },
    ],
  });
  expect(named(resources, "ingress-second-example-com-rule").inputs["spec"]).toEqual({
    host: "api.stock.svc.cluster.local",
    exportTo: ["."],
    trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } },
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
        annotations: { "example.com/internal": "true" },
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

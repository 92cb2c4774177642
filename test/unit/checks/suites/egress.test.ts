import { describe, expect, test } from "vitest";

import type { Check } from "../../../../checks/check";
import type { Meshes } from "../../../../checks/meshes";
import { directConnection } from "../../../../checks/suites/egress/direct-connection";
import { allowsAddress, matchesSelector } from "../../../../checks/suites/egress/network-policy";
import { findRoutes } from "../../../../checks/suites/egress/sidecar-clusters";
import { unknownHost } from "../../../../checks/suites/egress/unknown-host";
import type { KubectlResult } from "../../../../checks/toolkit/kubectl";
import { answered, failed, fakeContext, fakeKubectl, OK } from "../../../support/checks";

const HOST = "application.demodomain21.com";
const MESHES = {
  hosts: [HOST],
  ingress: { address: "203.0.113.65", port: 443 },
  client: { egressGateway: { name: "istio-egressgateway", namespace: "httpbin" } },
} as never as Meshes;

const VIA_GATEWAY =
  "outbound|443|application-demodomain21-com|istio-egressgateway.httpbin.svc.cluster.local";

function dump(clusters: readonly object[], endpoints: readonly object[] = []) {
  return {
    configs: [
      {
        "@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
        dynamic_active_clusters: clusters.map((cluster) => ({ cluster })),
      },
      {
        "@type": "type.googleapis.com/envoy.admin.v3.EndpointsConfigDump",
        dynamic_endpoint_configs: endpoints.map((endpoint_config) => ({ endpoint_config })),
      },
      {
        "@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump",
        dynamic_route_configs: [
          { route_config: { virtual_hosts: [{ name: `${HOST}:80`, address: HOST }] } },
        ],
      },
    ],
  };
}

function endpoint(address: string) {
  return {
    cluster_name: "x",
    endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address } } } }] }],
  };
}

test("the cluster of the egress gateway is not direct, although it contains the server's host", () => {
  const clusters = [
    { name: VIA_GATEWAY, transport_socket: { typed_config: { sni: HOST } } },
    { name: "inbound|80||" },
  ];

  expect(findRoutes(dump(clusters, [endpoint("10.2.0.7")]), MESHES)).toEqual({
    direct: [],
    viaGateway: true,
  });
});

test("a cluster for the server's host, or an endpoint with its address, is direct", () => {
  const found = (clusters: readonly object[], endpoints?: readonly object[]) =>
    findRoutes(dump(clusters, endpoints), MESHES).direct;

  expect(found([{ name: `outbound|80||${HOST}` }])).toEqual([`cluster outbound|80||${HOST}`]);
  expect(found([{ name: `outbound|443|v1|${HOST}` }])).toHaveLength(1);
  expect(found([{ name: "static", load_assignment: endpoint("203.0.113.65") }])).toEqual([
    "endpoint 203.0.113.65",
  ]);
  expect(found([], [endpoint("203.0.113.65")])).toHaveLength(1);
  expect(found([], [endpoint(HOST)])).toHaveLength(1);
});

test("an unexpected dump has no cluster of the egress gateway", () => {
  expect(findRoutes({ configs: [] }, MESHES)).toEqual({ direct: [], viaGateway: false });
  expect(findRoutes({}, MESHES).viaGateway).toBe(false);
});

test("label selectors match as in Kubernetes", () => {
  const pod = (labels?: Record<string, string>) => ({
    metadata: { name: "x", ...(labels && { labels }) },
  });
  const notGateway = {
    matchExpressions: [{ key: "istio", operator: "NotIn" as const, values: ["egressgateway"] }],
  };

  expect(matchesSelector({}, pod())).toBe(true);
  expect(matchesSelector(notGateway, pod({ app: "client" }))).toBe(true);
  expect(matchesSelector(notGateway, pod({ istio: "egressgateway" }))).toBe(false);
  expect(matchesSelector({ matchLabels: { app: "a" } }, pod({ app: "b" }))).toBe(false);
  const selector = (
    operator: "In" | "Exists" | "DoesNotExist",
    values: readonly string[] = [],
  ) => ({
    matchExpressions: [{ key: "a", operator, values }],
  });
  expect(matchesSelector(selector("In", ["1"]), pod({ a: "1" }))).toBe(true);
  expect(matchesSelector(selector("In", ["1"]), pod())).toBe(false);
  expect(matchesSelector(selector("Exists"), pod({ a: "" }))).toBe(true);
  expect(matchesSelector(selector("DoesNotExist"), pod({ a: "" }))).toBe(false);
});

describe("a policy allows the server's address", () => {
  const SERVER = "203.0.113.65";
  const allows = (to: readonly object[], ports: readonly object[] = [{ port: 443 }]) =>
    allowsAddress({ podSelector: {}, egress: [{ to, ports }] }, SERVER);

  test("by a range that contains it, or without a destination", () => {
    expect(allows([{ ipBlock: { cidr: "203.0.113.0/24" } }])).toBe(true);
    expect(allows([{ ipBlock: { cidr: "0.0.0.0/0" } }], [])).toBe(true);
    expect(allows([])).toBe(true);
  });

  test("but not by another range, by DNS, or by pods", () => {
    expect(allows([{ ipBlock: { cidr: "199.36.153.8/30" } }])).toBe(false);
    expect(allows([{ ipBlock: { cidr: "0.0.0.0/0" } }], [{ port: 53 }])).toBe(false);
    expect(allows([{ ipBlock: { cidr: "2001:db8::/32" } }])).toBe(false);
    expect(allows([{ namespaceSelector: {} }])).toBe(false);
  });

  test("perhaps, if the server has a name", () => {
    const egress = [{ to: [{ ipBlock: { cidr: "192.0.2.0/24" } }], ports: [{ port: 443 }] }];
    expect(allowsAddress({ podSelector: {}, egress }, "server.example.com")).toBe(true);
  });
});

const [withSidecar] = directConnection as readonly [Check];

test("an unknown host must get 502 and nothing else", async () => {
  const observe = (result: KubectlResult) =>
    unknownHost[0]?.run(fakeContext(fakeKubectl([["exec", result]]).run));

  expect(await observe(answered(502))).toEqual({ pass: true, observed: "502" });
  expect(await observe(answered(503))).toEqual({ pass: false, observed: "503" });
  expect(await observe(failed(28, "timed out"))).toMatchObject({ pass: false });
});

test("with a sidecar, a refusal by the server does not count as a refusal by the sidecar", async () => {
  const line = "- - - BlackHoleCluster - 203.0.113.65:443 10.2.0.5:40000";
  const observe = (result: KubectlResult) =>
    withSidecar.run(
      fakeContext(
        fakeKubectl([
          ["exec", result],
          ["logs", { ...OK, stdout: line }],
        ]).run,
      ),
    );

  expect(await observe(failed(35, "SSL_ERROR_SYSCALL"))).toMatchObject({ pass: true });
  expect(await observe(failed(56, "SSL routines::tlsv13 alert certificate required"))).toEqual({
    pass: false,
    observed: 'alert "certificate required"',
  });
});

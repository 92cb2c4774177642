import { expect, test } from "vitest";

import type { Meshes } from "../../../checks/meshes";
import { selects } from "../../../checks/suites/network-policy";
import { waysToServer } from "../../../checks/suites/sidecar-clusters";
import { parseXfcc, xfccIn } from "../../../checks/toolkit/xfcc";

const HOST = "application.demodomain21.com";
const MESHES = {
  hosts: [HOST],
  ingress: { address: "203.0.113.65", port: 443 },
  client: { egressGateway: { name: "istio-egressgateway", namespace: "httpbin" } },
} as never as Meshes;

const BY_GATEWAY =
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

test("the way by the egress gateway is none to the server, although it names the server", () => {
  const clusters = [
    { name: BY_GATEWAY, transport_socket: { typed_config: { sni: HOST } } },
    { name: "inbound|80||" },
  ];

  expect(waysToServer(dump(clusters, [endpoint("10.2.0.7")]), MESHES)).toEqual({
    ways: [],
    byGateway: true,
  });
});

test("a cluster for the server's host, or an endpoint at its address, is a way", () => {
  const found = (clusters: readonly object[], endpoints?: readonly object[]) =>
    waysToServer(dump(clusters, endpoints), MESHES).ways;

  expect(found([{ name: `outbound|80||${HOST}` }])).toEqual([`cluster outbound|80||${HOST}`]);
  expect(found([{ name: `outbound|443|v1|${HOST}` }])).toHaveLength(1);
  expect(found([{ name: "static", load_assignment: endpoint("203.0.113.65") }])).toEqual([
    "endpoint 203.0.113.65",
  ]);
  expect(found([], [endpoint("203.0.113.65")])).toHaveLength(1);
  expect(found([], [endpoint(HOST)])).toHaveLength(1);
});

test("a dump of something else shows no way by the gateway, either", () => {
  expect(waysToServer({ configs: [] }, MESHES)).toEqual({ ways: [], byGateway: false });
  expect(waysToServer({}, MESHES).byGateway).toBe(false);
});

test("XFCC: hops, fields, repeated names, quotes", () => {
  const header =
    'By=spiffe://s/ns/a/sa/gw;Hash=ab;Subject="O=x,CN=\\"y;z\\"";URI=spiffe://c/ns/b/sa/e;DNS=one.test;DNS=two.test,' +
    "By=spiffe://s/ns/a/sa/app;Hash=cd;URI=spiffe://s/ns/a/sa/gw";

  expect(parseXfcc(header)).toMatchObject([
    { URI: "spiffe://c/ns/b/sa/e", DNS: ["one.test", "two.test"], Subject: 'O=x,CN="y;z"' },
    { URI: "spiffe://s/ns/a/sa/gw", DNS: [], Hash: "cd" },
  ]);
});

test("XFCC in the answers of both httpbins", () => {
  const headers = (value: unknown) =>
    JSON.stringify({ headers: { "X-Forwarded-Client-Cert": value } });

  expect(xfccIn(headers(["a", "b"]))).toBe("a,b");
  expect(xfccIn(headers("a"))).toBe("a");
  expect(xfccIn('{"headers":{}}')).toBeUndefined();
});

test("label selectors select as Kubernetes does", () => {
  const pod = (labels?: Record<string, string>) => ({
    metadata: { name: "x", ...(labels && { labels }) },
  });
  const notGateway = {
    matchExpressions: [{ key: "istio", operator: "NotIn" as const, values: ["egressgateway"] }],
  };

  expect(selects({}, pod())).toBe(true);
  expect(selects(notGateway, pod({ app: "client" }))).toBe(true);
  expect(selects(notGateway, pod({ istio: "egressgateway" }))).toBe(false);
  expect(selects({ matchLabels: { app: "a" } }, pod({ app: "b" }))).toBe(false);
  const one = (operator: "In" | "Exists" | "DoesNotExist", values: readonly string[] = []) => ({
    matchExpressions: [{ key: "a", operator, values }],
  });
  expect(selects(one("In", ["1"]), pod({ a: "1" }))).toBe(true);
  expect(selects(one("In", ["1"]), pod())).toBe(false);
  expect(selects(one("Exists"), pod({ a: "" }))).toBe(true);
  expect(selects(one("DoesNotExist"), pod({ a: "" }))).toBe(false);
});

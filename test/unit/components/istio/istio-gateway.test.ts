import * as k8s from "@pulumi/kubernetes";
import { expect, test } from "vitest";

import { IstioGateway, type IstioGatewayArgs } from "../../../../components/istio/istio-gateway";
import { GATEWAY_STATS } from "../../../../components/istio/gateway-stats";
import { argsProblems } from "../../../support/args-problems";
import { named, record } from "../../../support/record";
import { outliving } from "../../../support/teardown";

const ARGS: IstioGatewayArgs = {
  gatewayName: "istio-egressgateway",
  namespace: "shop",
  service: "cluster",
  revision: {
    name: "1-31-0",
    charts: { source: "oci://charts.example.com/istio", version: "1.31.0" },
  },
};

test("a gateway is a release of Istio's chart, with its revision, label, statistics and Service", async () => {
  const resources = await record(() => new IstioGateway("gateway", ARGS));
  expect(named(resources, "gateway-release").inputs).toMatchObject({
    name: "istio-egressgateway",
    namespace: "shop",
    chart: "oci://charts.example.com/istio/gateway",
    version: "1.31.0",
    values: {
      revision: "1-31-0",
      labels: { istio: "egressgateway" },
      service: { type: "ClusterIP", ports: [{ port: 443, targetPort: 443 }] },
    },
  });
  const { podAnnotations } = named(resources, "gateway-release").inputs["values"] as {
    podAnnotations: Record<string, string>;
  };
  expect(JSON.parse(podAnnotations["proxy.istio.io/config"] ?? "")).toEqual({
    proxyStatsMatcher: { inclusionRegexps: GATEWAY_STATS },
    // The IDs of requests join the logs of both meshes.
    proxyHeaders: {
      requestId: { disabled: true },
      envoyDebugHeaders: { disabled: true },
      metadataExchangeHeaders: { mode: "IN_MESH" },
    },
  });
});

test.each([
  [{ maxConnectionSeconds: 60 }, '"connectionSettings":{"httpMaxConnectionDuration":"60s"}'],
  [{ maxStreamSeconds: 90 }, '"connectionSettings":{"httpMaxStreamDuration":"90s"}'],
  [{ trustedProxies: 1 }, '"gatewayTopology":{"numTrustedProxies":1}'],
])("%o is part of the proxy's configuration", async (settings, expected) => {
  const resources = await record(() => new IstioGateway("gateway", { ...ARGS, ...settings }));
  expect(named(resources, "gateway-release").inputs["values"]).toMatchObject({
    podAnnotations: { "proxy.istio.io/config": expect.stringContaining(expected) as unknown },
  });
});

test("one pod of a gateway may stop: two run, and a stopping pod still serves until the load balancer has noticed", async () => {
  const resources = await record(() => new IstioGateway("gateway", ARGS));
  expect(named(resources, "gateway-release").inputs["values"]).toMatchObject({
    autoscaling: { minReplicas: 2 },
    podDisruptionBudget: { minAvailable: 1 },
    topologySpreadConstraints: [
      {
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { istio: "egressgateway" } },
      },
    ],
    lifecycle: { preStop: { sleep: { seconds: 25 } } },
    terminationGracePeriodSeconds: 40,
  });
});

test("the chart makes no Service when something else exposes the gateway", async () => {
  const resources = await record(() => new IstioGateway("gateway", { ...ARGS, service: "none" }));
  expect(named(resources, "gateway-release").inputs["values"]).toMatchObject({
    service: { type: "None" },
  });
});

test("what uses its reference is created after the release, and deleted before it", async () => {
  const resources = await record(() => {
    const { ref } = new IstioGateway("gateway", ARGS);
    new k8s.core.v1.Secret("user", { metadata: { namespace: ref.namespace, labels: ref.labels } });
  });
  expect(named(resources, "user").inputs["metadata"]).toMatchObject({
    namespace: "shop",
    labels: { istio: "egressgateway" },
  });
  expect(outliving(resources, "user")).toContain("gateway-release");
});

test("arguments are checked", async () => {
  const wrong = {
    ...ARGS,
    gatewayName: "Egress",
    namespace: "-",
    maxConnectionSeconds: 1,
    maxStreamSeconds: 9,
  };
  expect(await argsProblems(() => new IstioGateway("gateway", wrong))).toEqual([
    expect.stringMatching(/^gatewayName: must be a Helm release's name \(got "Egress"\)/),
    expect.stringMatching(/^namespace: must be a Kubernetes name \(got "-"\)/),
    expect.stringMatching(/^maxConnectionSeconds: must be an integer from 10 to 86400 \(got 1\)/),
    expect.stringMatching(/^maxStreamSeconds: must be an integer from 10 to 86400 \(got 9\)/),
  ]);
});

import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { GATEWAY_STATS } from "../../../../components/istio/gateway-stats";
import {
  CLIENT_CERTIFICATE_EXPIRY,
  SERVER_CERTIFICATE_EXPIRY,
} from "../../../../components/observability/metrics";
import {
  Observability,
  type ObservabilityArgs,
} from "../../../../components/observability/observability";
import type { Settings } from "../../../support/config";
import { named } from "../../../support/record";
import { recordClient, serverIsUp } from "../../../support/stacks";
import { kinds, recorded, recordedWith, STACK_NAMES, type StackName } from "./recorded";

describe.each(STACK_NAMES)("the %s stack", (stack) => {
  test("adds nothing by default", async () => {
    expect((await recordedWith(stack, {})).added).toEqual([]);
    expect((await recorded(stack, {})).outputs).not.toHaveProperty("grafanaPassword");
  });

  test("adds only objects for an existing operator", async () => {
    expect(kinds((await recordedWith(stack, { prometheus: "operator" })).added)).toEqual([
      "ConfigMap observability-dashboard",
      "Observability observability",
      "PodMonitor observability-gateway",
      "PodMonitor observability-istiod",
      "PodMonitor observability-sidecars",
      "PrometheusRule observability-alerts",
    ]);
  });

  test("adds only cluster-scoped objects for Google's managed Prometheus", async () => {
    const { added } = await recordedWith(stack, { prometheus: "managed" });
    expect(kinds(added)).toEqual([
      "ClusterPodMonitoring observability-gateway",
      "ClusterPodMonitoring observability-istiod",
      "ClusterRules observability-alerts",
      "Observability observability",
    ]);
    for (const { inputs, type } of added.filter(({ type: each }) => each.includes("googleapis"))) {
      expect(type).toContain("monitoring.googleapis.com/v1:");
      expect(inputs["metadata"]).not.toHaveProperty("namespace");
    }
  });

  test("installs Prometheus, Grafana and Kiali", async () => {
    const { added } = await recordedWith(stack, { prometheus: "install" });
    expect(kinds(added)).toEqual([
      "ClusterRole observability-operator-cluster-role",
      "ClusterRole observability-prometheus-cluster-role",
      "ClusterRoleBinding observability-operator-cluster-binding",
      "ClusterRoleBinding observability-prometheus-cluster-binding",
      "ConfigMap observability-dashboard",
      "Namespace observability-namespace",
      "NetworkPolicy observability-own-pods-only",
      "Observability observability",
      "PodMonitor observability-gateway",
      "PodMonitor observability-istiod",
      "PodMonitor observability-sidecars",
      "PrometheusRule observability-alerts",
      "RandomPassword observability-grafana-password",
      "RandomPassword observability-kiali-signing-key",
      "Release observability-kiali",
      "Release observability-prometheus",
      "Role observability-operator-role",
      "Role observability-prometheus-role",
      "RoleBinding observability-operator-binding",
      "RoleBinding observability-prometheus-binding",
      "Secret observability-grafana-admin",
      "Secret observability-kiali-signing",
    ]);
  });
});

describe("scrapes", () => {
  const scrape = async (stack: StackName, observability: Settings, role: string) =>
    named((await recordedWith(stack, observability)).resources, `observability-${role}`).inputs;

  test.each([
    ["server", "istio-ingress", "ingressgateway"],
    ["client", "httpbin", "egressgateway"],
  ] as const)("select the %s's gateway and add its label", async (stack, namespace, istio) => {
    expect(await scrape(stack, { prometheus: "operator" }, "gateway")).toMatchObject({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata: {
        name: "mesh-to-mesh-gateway",
        namespace: "monitoring",
        labels: { release: "kube-prometheus-stack" },
      },
      spec: {
        podTargetLabels: ["istio"],
        namespaceSelector: { matchNames: [namespace] },
        selector: { matchLabels: { istio } },
        podMetricsEndpoints: [{ port: "http-envoy-prom", path: "/stats/prometheus" }],
      },
    });
    expect(await scrape(stack, { prometheus: "managed" }, "gateway")).toMatchObject({
      apiVersion: "monitoring.googleapis.com/v1",
      kind: "ClusterPodMonitoring",
      spec: {
        selector: { matchLabels: { istio } },
        endpoints: [{ port: "http-envoy-prom", path: "/stats/prometheus" }],
        targetLabels: { fromPod: [{ from: "istio", to: "istio" }] },
      },
    });
  });

  test("select the sidecars, but not a gateway in the same namespace a second time", async () => {
    expect((await scrape("client", { prometheus: "install" }, "sidecars"))["spec"]).toMatchObject({
      namespaceSelector: { matchNames: ["httpbin"] },
      selector: { matchExpressions: [{ key: "istio", operator: "DoesNotExist" }] },
    });
  });

  test("select istiod", async () => {
    expect((await scrape("client", { prometheus: "install" }, "istiod"))["spec"]).toMatchObject({
      namespaceSelector: { matchNames: ["istio-system"] },
      selector: { matchLabels: { app: "istiod" } },
      podMetricsEndpoints: [{ port: "http-monitoring", path: "/metrics" }],
    });
  });

  test("are in the operator's namespace, with the labels that it selects", async () => {
    const observability = { prometheus: "operator", namespace: "watch", labels: { team: "mesh" } };
    for (const role of ["gateway", "alerts"]) {
      expect((await scrape("server", observability, role))["metadata"]).toMatchObject({
        namespace: "watch",
        labels: { team: "mesh" },
      });
    }
    expect((await scrape("server", observability, "dashboard"))["metadata"]).toEqual({
      name: "mesh-to-mesh",
      namespace: "watch",
      labels: { grafana_dashboard: "1" },
    });
  });
});

describe("the configured certificate lifetimes", () => {
  test.each(["install", "operator", "managed"])("reach the alerts, with %s", async (prometheus) => {
    const { resources } = await recorded("server", {
      observability: { prometheus },
      certificates: { leafHours: 72 },
    });
    const { groups } = named(resources, "observability-alerts").inputs["spec"] as {
      groups: { rules: { alert: string; expr: string }[] }[];
    };
    const [first] = groups.flatMap(({ rules }) => rules);
    expect(first?.alert).toBe("MeshToMeshGatewayCertificateOverdue");
    expect(first?.expr).toMatch(/ < 64800$/); // three quarters of the last 24 hours
  });

  const dashboard = async (certificates: object) => {
    const settings = { observability: { prometheus: "operator" }, certificates };
    const { resources } = await recorded("server", settings);
    const { data } = named(resources, "observability-dashboard").inputs as {
      data: Record<string, string>;
    };
    return JSON.parse(data["mesh-to-mesh.json"] ?? "") as typeof byHand;
  };
  const byHand = JSON.parse(readFileSync("components/observability/dashboard.json", "utf8")) as {
    panels: { fieldConfig: { defaults: { thresholds: { steps: object[] } } } }[];
  };

  test("reach the dashboard", async () => {
    expect(await dashboard({})).toEqual(byHand);
    const [certificate, ...others] = (await dashboard({ leafHours: 72 })).panels;
    expect(certificate?.fieldConfig.defaults.thresholds.steps.slice(1)).toEqual([
      { color: "orange", value: 21_600 },
      { color: "green", value: 64_800 },
    ]);
    expect(others).toEqual(byHand.panels.slice(1));
  });
});

describe("metrics", () => {
  test.each([
    ["server", "ingress"],
    ["client", "egress"],
  ] as const)("of the %s's gateway are exported, those of sidecars are not", async (stack, end) => {
    const { resources } = await recorded(stack, {});
    const { values } = named(resources, `istio-istio-${end}gateway-release`).inputs;
    const { podAnnotations } = values as { podAnnotations: Record<string, string> };
    expect(JSON.parse(podAnnotations["proxy.istio.io/config"] ?? "")).toMatchObject({
      proxyStatsMatcher: { inclusionRegexps: [...GATEWAY_STATS] },
    });
    expect(JSON.stringify(named(resources, "istio-istiod").inputs)).not.toContain("StatsMatcher");
  });

  test.each([
    ["server", "ingress-credential", SERVER_CERTIFICATE_EXPIRY],
    ["client", "egress-credential", CLIENT_CERTIFICATE_EXPIRY],
  ] as const)("of the %s's certificate are named after its Secret", async (stack, name, metric) => {
    const { metadata } = named((await recorded(stack, {})).resources, name).inputs;
    const secret = (metadata as { name: string }).name.replaceAll("-", "_");
    expect(metric).toContain(`_certificate_kubernetes___${secret}_expiration_`);
  });
});

describe("a second server", () => {
  const settings = {
    observability: { prometheus: "operator" },
    additionalServers: [{ name: "warehouse" }],
  };
  const host = "warehouse.example.com";
  const warehouse = {
    ...serverIsUp,
    hosts: [host],
  };

  test("is in each query that is about the egress gateway's certificates", async () => {
    const { resources } = await recordClient(settings, serverIsUp, { warehouse });
    const [first, second] = ["client_credential", "client_credential_warehouse"].map(
      (name) => `envoy_cluster_ssl_certificate_kubernetes___${name}_expiration_unix_time_seconds`,
    );
    const texts = resources
      .filter(({ name }) => name.startsWith("observability-"))
      .flatMap(({ inputs }) => textsIn(inputs))
      .filter((text) => text.includes(first ?? ""));
    expect(texts.length).toBeGreaterThan(3);
    for (const text of texts) {
      const both = `(${first ?? ""} or ${second ?? ""})`;
      expect(text.split(first ?? "").length).toBe(text.split(both).length);
    }
  });
});

/** All texts in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

describe("a wrong argument", () => {
  const args: ObservabilityArgs = {
    settings: { prometheus: "operator" },
    end: "ingress",
    gateway: {
      name: "istio-ingressgateway",
      namespace: "istio-ingress",
      labels: { istio: "ingressgateway" },
    },
    applicationNamespace: "httpbin",
  };

  test.each<[string, object]>([
    [
      'settings.labels: has no effect with prometheus "managed" (got an object): remove it, or set prometheus to "operator"',
      { settings: { prometheus: "managed", labels: {} } },
    ],
    ['end: must be "ingress" or "egress" (got "server")', { end: "server" }],
    [
      'gateway.namespace: must be a Kubernetes name (got "a/b"): use at most 63 lowercase letters, digits and hyphens, such as httpbin',
      { gateway: { ...args.gateway, namespace: "a/b" } },
    ],
    [
      'gateway.labels.istio: must be "egressgateway" (got "ingressgateway"): alerts and the dashboard select the gateway\'s metrics by this label. Use the gateway of this end, and install it under the name istio-egressgateway',
      { end: "egress" },
    ],
    [
      'gateway.labels.istio: must be "ingressgateway" (got nothing): alerts and the dashboard select the gateway\'s metrics by this label. Use the gateway of this end, and install it under the name istio-ingressgateway',
      { gateway: { ...args.gateway, labels: { app: "gateway" } } },
    ],
    [
      'applicationNamespace: must be a Kubernetes name (got ""): use at most 63 lowercase letters, digits and hyphens, such as httpbin',
      { applicationNamespace: "" },
    ],
    [
      "lifetimes.leafHours: must be an integer from 3 to 439200 (got -1)",
      { lifetimes: { leafHours: -1 } },
    ],
  ])("%s", (message, wrong) => {
    expect(() => new Observability("watch", { ...args, ...wrong })).toThrow(
      `Observability "watch" has invalid arguments:\n  ${message}`,
    );
  });
});

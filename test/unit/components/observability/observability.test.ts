import { readFileSync } from "node:fs";

import { describe, expect, it, test } from "vitest";

import type { Settings } from "../../../support/config";
import { named, type Recorded, valueOf } from "../../../support/record";
import { recordClient, recordServer } from "../../../support/stacks";
import { outliving } from "../../../support/teardown";

const stacks = { server: recordServer, client: recordClient };
type Stack = keyof typeof stacks;
const both = Object.keys(stacks) as Stack[];

/** Stacks that were recorded already, by what they were told. */
const recorded = new Map<string, ReturnType<typeof recordServer>>();

function recordedWith(stack: Stack, settings: Settings) {
  const key = JSON.stringify([stack, settings]);
  const found = recorded.get(key) ?? stacks[stack](settings);
  recorded.set(key, found);
  return found;
}

/** The stack, and what it has with `observability` that it has not without. */
async function added(stack: Stack, observability: Settings) {
  const { resources, outputs } = await recordedWith(stack, { observability });
  const without = await recordedWith(stack, {});
  const before = new Set(without.resources.map(({ name }) => name));
  return { resources, outputs, more: resources.filter(({ name }) => !before.has(name)) };
}

function kinds(resources: readonly Recorded[]): string[] {
  return resources.map(({ type, name }) => `${type.replace(/^.*[:/]/, "")} ${name}`).sort();
}

describe.each(both)("the %s's stack", (stack) => {
  it("adds nothing by itself", async () => {
    expect((await added(stack, {})).more).toEqual([]);
    expect((await recordedWith(stack, {})).outputs).not.toHaveProperty("grafanaPassword");
  });

  it("adds objects alone for an operator that is there", async () => {
    expect(kinds((await added(stack, { prometheus: "operator" })).more)).toEqual([
      "ConfigMap observability-dashboard",
      "Observability observability",
      "PodMonitor observability-gateway",
      "PodMonitor observability-istiod",
      "PodMonitor observability-sidecars",
      "PrometheusRule observability-alerts",
    ]);
  });

  it("adds objects of the cluster alone for Google's", async () => {
    const { more } = await added(stack, { prometheus: "managed" });
    expect(kinds(more)).toEqual([
      "ClusterPodMonitoring observability-gateway",
      "ClusterPodMonitoring observability-istiod",
      "ClusterRules observability-alerts",
      "Observability observability",
    ]);
    for (const { inputs, type } of more.filter(({ type: each }) => each.includes("googleapis"))) {
      expect(type).toContain("monitoring.googleapis.com/v1:");
      expect(inputs["metadata"]).not.toHaveProperty("namespace");
    }
  });

  it("puts up Prometheus, Grafana and Kiali where asked to", async () => {
    const { more } = await added(stack, { prometheus: "install" });
    expect(kinds(more)).toEqual([
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

const INSTALL = { prometheus: "install" };

describe("Prometheus", () => {
  it("comes from its pinned chart, from a mirror where one is named, with values over the program's", async () => {
    const { inputs } = named(
      (await added("server", INSTALL)).resources,
      "observability-prometheus",
    );
    expect(inputs).toMatchObject({
      chart: "kube-prometheus-stack",
      version: "88.5.3",
      repositoryOpts: { repo: "https://prometheus-community.github.io/helm-charts" },
      name: "kube-prometheus-stack",
      namespace: "monitoring",
    });
    const mirrored = await added("server", {
      ...INSTALL,
      namespace: "watch",
      prometheusCharts: "oci://mirror.example.com/charts",
      prometheusVersion: "1.2.3",
      prometheusValues: { grafana: { enabled: false } },
      kialiCharts: "/charts",
      kialiValues: { deployment: { replicas: 2 } },
    });
    expect(named(mirrored.resources, "observability-prometheus").inputs).toMatchObject({
      chart: "oci://mirror.example.com/charts/kube-prometheus-stack",
      version: "1.2.3",
      namespace: "watch",
      values: { grafana: { enabled: false, rbac: { namespaced: true } } },
    });
    expect(named(mirrored.resources, "observability-kiali").inputs).toMatchObject({
      chart: "/charts/kiali-server",
      values: { deployment: { replicas: 2, view_only_mode: true } },
    });
  });

  it("is told to make no rights of its own, and may read Secrets in its own namespace alone", async () => {
    const { more, resources } = await added("server", INSTALL);
    expect(named(resources, "observability-prometheus").inputs["values"]).toMatchObject({
      global: { rbac: { create: false } },
      prometheusOperator: { namespaces: { releaseNamespace: true } },
      grafana: {
        rbac: { namespaced: true },
        sidecar: { dashboards: { searchNamespace: "" } },
      },
    });
    const inCluster = more.filter(({ type }) => type.endsWith(":ClusterRole"));
    expect(inCluster.map(({ inputs }) => inputs["rules"])).toEqual([
      [{ apiGroups: [""], resources: ["namespaces"], verbs: ["get", "list", "watch"] }],
      [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }],
    ]);
    for (const { inputs } of more.filter(({ type }) => type.endsWith("Binding"))) {
      expect(inputs["subjects"]).toEqual([
        expect.objectContaining({
          kind: "ServiceAccount",
          namespace: "monitoring",
          name: expect.stringMatching(/^kube-prometheus-stack-(operator|prometheus)$/) as string,
        }),
      ]);
    }
  });

  it("is let in before it starts", async () => {
    const { resources } = await added("server", INSTALL);
    for (const right of ["operator-binding", "operator-cluster-binding", "prometheus-binding"]) {
      expect(outliving(resources, "observability-prometheus")).toContain(`observability-${right}`);
    }
  });

  it("stands outside of the mesh, and takes in none but its own namespace's pods", async () => {
    const { resources } = await added("server", INSTALL);
    expect(named(resources, "observability-namespace").inputs["metadata"]).toEqual({
      name: "monitoring",
      labels: { "istio-injection": "disabled" },
    });
    expect(named(resources, "observability-own-pods-only").inputs["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: {} }] }],
    });
    expect(named(resources, "observability-kiali").inputs["values"]).toMatchObject({
      deployment: { network_policy: { enabled: false } },
    });
  });
});

test("Grafana's password is random, a secret, and stands in a Secret alone", async () => {
  const { resources, outputs } = await added("client", INSTALL);
  expect(named(resources, "observability-grafana-admin").inputs).toMatchObject({
    metadata: { name: "grafana-admin", namespace: "monitoring" },
    stringData: {
      "admin-user": "admin",
      "admin-password": "password of observability-grafana-password",
    },
  });
  const password = outputs["grafanaPassword"] as Parameters<typeof valueOf>[0] & {
    isSecret: Promise<boolean>;
  };
  expect(await password.isSecret).toBe(true);
  expect(await valueOf(password)).toBe("password of observability-grafana-password");
  const release = named(resources, "observability-prometheus").inputs;
  expect(release["values"]).toMatchObject({
    grafana: { admin: { existingSecret: "grafana-admin" } },
  });
  expect(JSON.stringify(release)).not.toContain("password of");
});

describe("Kiali", () => {
  it("looks at the mesh and at Prometheus, changes nothing, and asks for a token", async () => {
    const { resources } = await added("server", INSTALL);
    expect(named(resources, "observability-kiali").inputs).toMatchObject({
      chart: "kiali-server",
      version: "2.27.0",
      values: {
        auth: { strategy: "token" },
        login_token: { signing_key: "secret:kiali-signing-key:key" },
        deployment: { view_only_mode: true },
        external_services: {
          istio: { root_namespace: "istio-system" },
          prometheus: { url: "http://kube-prometheus-stack-prometheus.monitoring:9090" },
        },
      },
    });
  });

  it("signs its sessions with a key that stands in a Secret alone", async () => {
    const { resources } = await added("server", INSTALL);
    expect(named(resources, "observability-kiali-signing-key").inputs).toMatchObject({
      length: 32,
    });
    expect(named(resources, "observability-kiali-signing").inputs).toMatchObject({
      metadata: { name: "kiali-signing-key", namespace: "monitoring" },
      stringData: { key: "password of observability-kiali-signing-key" },
    });
    expect(outliving(resources, "observability-kiali")).toContain("observability-kiali-signing");
  });

  it("can be left out", async () => {
    const { more } = await added("server", { ...INSTALL, kiali: false });
    expect(kinds(more).join()).not.toContain("kiali");
  });
});

describe("scrapes", () => {
  const scrape = async (stack: Stack, observability: Settings, role: string) =>
    named((await recordedWith(stack, { observability })).resources, `observability-${role}`).inputs;

  it.each([
    ["server", "istio-ingress", "ingressgateway"],
    ["client", "httpbin", "egressgateway"],
  ] as const)("the %s's gateway, with its label", async (stack, namespace, istio) => {
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

  it("the sidecars, but not a gateway beside them a second time; and istiod", async () => {
    expect((await scrape("client", INSTALL, "sidecars"))["spec"]).toMatchObject({
      namespaceSelector: { matchNames: ["httpbin"] },
      selector: { matchExpressions: [{ key: "istio", operator: "DoesNotExist" }] },
    });
    expect((await scrape("client", INSTALL, "istiod"))["spec"]).toMatchObject({
      namespaceSelector: { matchNames: ["istio-system"] },
      selector: { matchLabels: { app: "istiod" } },
      podMetricsEndpoints: [{ port: "http-monitoring", path: "/metrics" }],
    });
  });

  it("are where the operator looks, with the labels that it looks for", async () => {
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

test("alerts follow the configured lives of certificates, in every form", async () => {
  for (const prometheus of ["install", "operator", "managed"]) {
    const { resources } = await recordServer({
      observability: { prometheus },
      certificates: { leafHours: 72 },
    });
    const { groups } = named(resources, "observability-alerts").inputs["spec"] as {
      groups: { rules: { alert: string; expr: string }[] }[];
    };
    const [first] = groups.flatMap(({ rules }) => rules);
    expect(first?.alert).toBe("MeshToMeshGatewayCertificateOverdue");
    expect(first?.expr).toMatch(/ < 64800$/); // three quarters of the last 24 hours
  }
});

describe("the dashboard", () => {
  const byHand = JSON.parse(readFileSync("components/observability/dashboard.json", "utf8")) as {
    panels: { fieldConfig: { defaults: { thresholds: { steps: object[] } } } }[];
  };
  const dashboard = async (certificates: object) => {
    const settings = { observability: { prometheus: "operator" }, certificates };
    const { data } = named((await recordServer(settings)).resources, "observability-dashboard")
      .inputs as { data: Record<string, string> };
    return JSON.parse(data["mesh-to-mesh.json"] ?? "") as typeof byHand;
  };

  test("is what a user can import by hand", async () => {
    expect(await dashboard({})).toEqual(byHand);
  });

  test("changes its colours when the alerts come", async () => {
    const [certificate, ...others] = (await dashboard({ leafHours: 72 })).panels;
    expect(certificate?.fieldConfig.defaults.thresholds.steps.slice(1)).toEqual([
      { color: "orange", value: 21_600 },
      { color: "green", value: 64_800 },
    ]);
    expect(others).toEqual(byHand.panels.slice(1));
  });
});

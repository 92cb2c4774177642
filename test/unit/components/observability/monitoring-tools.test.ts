import { describe, expect, test } from "vitest";

import { named, valueOf } from "../../../support/record";
import { outliving } from "../../../support/teardown";
import { kinds, recordedWith } from "./recorded";

const INSTALL = { prometheus: "install" };

describe("Prometheus", () => {
  test("comes from its chart, with a fixed version", async () => {
    const { resources } = await recordedWith("server", INSTALL);
    expect(named(resources, "observability-prometheus").inputs).toMatchObject({
      chart: "kube-prometheus-stack",
      version: "88.5.3",
      repositoryOpts: { repo: "https://prometheus-community.github.io/helm-charts" },
      name: "kube-prometheus-stack",
      namespace: "monitoring",
    });
  });

  test("gets no roles from its chart, and may read Secrets only in its own namespace", async () => {
    const { added, resources } = await recordedWith("server", INSTALL);
    expect(named(resources, "observability-prometheus").inputs["values"]).toMatchObject({
      global: { rbac: { create: false } },
      prometheusOperator: { namespaces: { releaseNamespace: true } },
      grafana: {
        rbac: { namespaced: true },
        sidecar: { dashboards: { searchNamespace: "" } },
      },
    });
    const clusterRoles = added.filter(({ type }) => type.endsWith(":ClusterRole"));
    expect(clusterRoles.map(({ inputs }) => inputs["rules"])).toEqual([
      [{ apiGroups: [""], resources: ["namespaces"], verbs: ["get", "list", "watch"] }],
      [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }],
    ]);
    for (const { inputs } of added.filter(({ type }) => type.endsWith("Binding"))) {
      expect(inputs["subjects"]).toEqual([
        expect.objectContaining({
          kind: "ServiceAccount",
          namespace: "monitoring",
          name: expect.stringMatching(/^kube-prometheus-stack-(operator|prometheus)$/) as string,
        }),
      ]);
    }
  });

  test("has its permissions before it starts", async () => {
    const { resources } = await recordedWith("server", INSTALL);
    for (const part of ["operator-binding", "operator-cluster-binding", "prometheus-binding"]) {
      expect(outliving(resources, "observability-prometheus")).toContain(`observability-${part}`);
    }
  });
});

test("charts can come from elsewhere, and users' values are merged over the program's", async () => {
  const { resources } = await recordedWith("server", {
    ...INSTALL,
    namespace: "watch",
    prometheusCharts: "oci://mirror.example.com/charts",
    prometheusVersion: "1.2.3",
    prometheusValues: { grafana: { enabled: false } },
    kialiCharts: "oci://mirror.example.com/kiali/",
    kialiValues: { deployment: { replicas: 2 } },
  });
  expect(named(resources, "observability-prometheus").inputs).toMatchObject({
    chart: "oci://mirror.example.com/charts/kube-prometheus-stack",
    version: "1.2.3",
    namespace: "watch",
    values: { grafana: { enabled: false, rbac: { namespaced: true } } },
  });
  expect(named(resources, "observability-kiali").inputs).toMatchObject({
    chart: "oci://mirror.example.com/kiali/kiali-server",
    values: { deployment: { replicas: 2, view_only_mode: true } },
  });
});

test("the namespace is outside the mesh and admits only its own pods", async () => {
  const { resources } = await recordedWith("server", INSTALL);
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

test("Grafana's password is random, a secret, and only in a Kubernetes Secret", async () => {
  const { resources, outputs } = await recordedWith("client", INSTALL);
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
  test("uses the mesh and Prometheus, is read-only, and requires a token", async () => {
    const { resources } = await recordedWith("server", INSTALL);
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

  test("signs sessions with a key that is only in a Kubernetes Secret", async () => {
    const { resources } = await recordedWith("server", INSTALL);
    expect(named(resources, "observability-kiali-signing-key").inputs).toMatchObject({
      length: 32,
    });
    expect(named(resources, "observability-kiali-signing").inputs).toMatchObject({
      metadata: { name: "kiali-signing-key", namespace: "monitoring" },
      stringData: { key: "password of observability-kiali-signing-key" },
    });
    expect(outliving(resources, "observability-kiali")).toContain("observability-kiali-signing");
  });

  test("can be left out", async () => {
    const { added } = await recordedWith("server", { ...INSTALL, kiali: false });
    expect(kinds(added).join()).not.toContain("kiali");
  });
});

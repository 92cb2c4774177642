import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { chartRelease } from "../helm/chart-release";
import { mergeValues, type Values } from "../helm/merge-values";
import { monitoringRbac } from "./rbac";
import { PROMETHEUS_RELEASE } from "./release-name";
import type { InstallSettings } from "./settings";

/** Name of the Secret with Grafana's admin account. */
const GRAFANA_ADMIN = "grafana-admin";

/** Inputs of {@link prometheusStack}. */
export interface PrometheusStackArgs {
  /** The chart, its version and its values. */
  readonly settings: InstallSettings;
  /** Namespace to install into. */
  readonly namespace: pulumi.Input<string>;
}

/** What {@link prometheusStack} installed. */
export interface PrometheusStack {
  /** The release. Objects of the operator's kinds need it, because it installs their definitions. */
  readonly release: k8s.helm.v3.Release;
  /** Password of Grafana's account `admin`, a secret. */
  readonly grafanaPassword: pulumi.Output<string>;
}

/**
 * Prometheus with its operator, Alertmanager and Grafana, from the chart `kube-prometheus-stack`. The parts that monitor
 * nodes and the control plane are off, because they are not about the connection between the meshes.
 *
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 */
export function prometheusStack(
  name: string,
  args: PrometheusStackArgs,
  opts: pulumi.CustomResourceOptions,
): PrometheusStack {
  const { settings, namespace } = args;
  const password = new random.RandomPassword(
    `${name}-grafana-password`,
    { length: 32, special: false },
    opts,
  ).result;
  const admin = new k8s.core.v1.Secret(
    `${name}-grafana-admin`,
    {
      metadata: { name: GRAFANA_ADMIN, namespace },
      stringData: { "admin-user": "admin", "admin-password": password },
    },
    opts,
  );
  const bindings = monitoringRbac(
    name,
    {
      namespace,
      operatorAccount: `${PROMETHEUS_RELEASE}-operator`,
      prometheusAccount: `${PROMETHEUS_RELEASE}-prometheus`,
    },
    opts,
  );
  const release = chartRelease(
    `${name}-prometheus`,
    {
      chart: "kube-prometheus-stack",
      charts: { source: settings.prometheusCharts, version: settings.prometheusVersion },
      releaseName: PROMETHEUS_RELEASE,
      namespace,
      values: mergeValues(VALUES, settings.prometheusValues),
    },
    // The operator checks its permissions only when it starts, and Grafana's pod needs its Secret.
    pulumi.mergeOptions(opts, { dependsOn: [...bindings, admin] }),
  );
  return { release, grafanaPassword: pulumi.secret(password) };
}

const OFF = { enabled: false };

/** The program's values for the chart. Users' values are merged over them. */
const VALUES: Values = {
  // `monitoringRbac` creates narrower roles.
  global: { rbac: { create: false } },
  prometheusOperator: {
    namespaces: { releaseNamespace: true },
    // Webhooks need a certificate, jobs that create it, and a firewall rule for the control plane.
    admissionWebhooks: OFF,
    tls: OFF,
    kubeletService: OFF,
    kubeletEndpointsEnabled: false,
    resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "256Mi" } },
  },
  prometheus: {
    prometheusSpec: {
      resources: { requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "1Gi" } },
    },
  },
  alertmanager: {
    alertmanagerSpec: {
      resources: { requests: { cpu: "5m", memory: "32Mi" }, limits: { memory: "128Mi" } },
    },
  },
  grafana: {
    admin: { existingSecret: GRAFANA_ADMIN },
    // By default, Grafana's sidecar may read all Secrets in the cluster, to look for dashboards in them.
    rbac: { namespaced: true },
    sidecar: { dashboards: { searchNamespace: "" } },
    defaultDashboardsEnabled: false,
    resources: { requests: { cpu: "20m", memory: "128Mi" }, limits: { memory: "512Mi" } },
  },
  defaultRules: { create: false },
  kubernetesServiceMonitors: OFF,
  kubeApiServer: OFF,
  kubelet: OFF,
  kubeControllerManager: OFF,
  coreDns: OFF,
  kubeEtcd: OFF,
  kubeScheduler: OFF,
  kubeProxy: OFF,
  kubeStateMetrics: OFF,
  nodeExporter: OFF,
};

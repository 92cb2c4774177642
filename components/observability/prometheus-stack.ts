import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { chartRelease } from "../helm/chart-release";
import { mergeValues, type Values } from "../helm/merge-values";
import { monitoringRights } from "./rights";
import type { ObservabilitySettings } from "./settings";

/** Name of the release: the chart's own, so that all it makes is called as its documentation has it. */
export const PROMETHEUS_STACK = "kube-prometheus-stack";

/** Secret with Grafana's account, in the keys that its chart reads. */
const GRAFANA_ADMIN = "grafana-admin";

/** What {@link prometheusStack} put up. */
export interface PrometheusStack {
  readonly release: k8s.helm.v3.Release;
  /** Password of Grafana's account `admin`, a secret. */
  readonly grafanaPassword: pulumi.Output<string>;
}

/**
 * Prometheus with its operator, Alertmanager and Grafana, by the chart `kube-prometheus-stack`, for this path alone: what
 * watches nodes and control plane is left to whoever runs the cluster.
 *
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 */
export function prometheusStack(
  name: string,
  settings: ObservabilitySettings,
  namespace: pulumi.Input<string>,
  parent: pulumi.Resource,
): PrometheusStack {
  const password = new random.RandomPassword(
    `${name}-grafana-password`,
    { length: 32, special: false },
    { parent },
  ).result;
  const admin = new k8s.core.v1.Secret(
    `${name}-grafana-admin`,
    {
      metadata: { name: GRAFANA_ADMIN, namespace },
      stringData: { "admin-user": "admin", "admin-password": password },
    },
    { parent },
  );
  const rights = monitoringRights(
    name,
    { operator: `${PROMETHEUS_STACK}-operator`, prometheus: `${PROMETHEUS_STACK}-prometheus` },
    namespace,
    parent,
  );
  const release = chartRelease(
    `${name}-prometheus`,
    {
      chart: PROMETHEUS_STACK,
      charts: {
        source: settings.prometheusCharts ?? "https://prometheus-community.github.io/helm-charts",
        version: settings.prometheusVersion ?? "88.5.3",
      },
      releaseName: PROMETHEUS_STACK,
      namespace,
      values: mergeValues(VALUES, settings.prometheusValues ?? {}),
    },
    // The operator asks once, at its start, what it may do; Grafana's pod waits for its Secret.
    { parent, dependsOn: [...rights, admin] },
  );
  return { release, grafanaPassword: pulumi.secret(password) };
}

const OFF = { enabled: false };

/** What this program wants of the chart; users lay their own values over it. */
const VALUES: Values = {
  // See `monitoringRights`.
  global: { rbac: { create: false } },
  prometheusOperator: {
    namespaces: { releaseNamespace: true },
    // They would need a certificate, jobs that make it, and a way in from the control plane.
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
    // Its sidecar, too, would read the Secrets of the whole cluster, for dashboards that someone may have put there.
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

import type { Values } from "../helm/merge-values";

/** Name of the Secret with Grafana's admin account. */
export const GRAFANA_ADMIN = "grafana-admin";

const OFF = { enabled: false };

/** The program's values for the chart `kube-prometheus-stack`. Users' values are merged over them. */
export const PROMETHEUS_VALUES: Values = {
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

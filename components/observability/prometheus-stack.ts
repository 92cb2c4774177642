import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { chartRelease } from "../helm/chart-release";
import { mergeValues } from "../helm/merge-values";
import { GRAFANA_ADMIN, PROMETHEUS_VALUES } from "./prometheus-values";
import { monitoringRbac } from "./rbac";
import { PROMETHEUS_RELEASE } from "./release-name";
import { type InstallSettings, MONITORING_CHARTS } from "./settings";

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
      chart: MONITORING_CHARTS.prometheus,
      charts: { source: settings.prometheusCharts, version: settings.prometheusVersion },
      releaseName: PROMETHEUS_RELEASE,
      namespace,
      values: mergeValues(PROMETHEUS_VALUES, settings.prometheusValues),
    },
    // The operator checks its permissions only when it starts, and Grafana's pod needs its Secret.
    pulumi.mergeOptions(opts, { dependsOn: [...bindings, admin] }),
  );
  return { release, grafanaPassword: pulumi.secret(password) };
}

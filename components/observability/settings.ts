/** What collects the metrics of the path, and what shows them. */
export interface ObservabilitySettings {
  /**
   * What collects metrics and raises alerts: `install` puts up Prometheus with its operator, Alertmanager and Grafana;
   * `operator` adds scrapes, rules and the dashboard for a Prometheus operator that is there; `managed` adds scrapes and
   * rules for Google's managed Prometheus.
   *
   * @default nothing is added: the gateways export their metrics all the same
   * @see https://prometheus-operator.dev/docs/getting-started/introduction/
   * @see https://cloud.google.com/stackdriver/docs/managed-prometheus/setup-managed
   */
  readonly prometheus: "install" | "operator" | "managed";
  /**
   * With `install`: whether to put up Kiali, which draws the mesh as a graph.
   *
   * @default true
   * @see https://kiali.io/docs/
   */
  readonly kiali?: boolean;
  /**
   * With `install`, a namespace that the program makes; with `operator`, one that is there, in which the operator looks
   * for its objects and Grafana for dashboards.
   *
   * @default "monitoring"
   */
  readonly namespace?: string;
  /**
   * With `operator`: labels by which it picks the objects that are its own.
   *
   * @default {"release": "kube-prometheus-stack"}
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * With `install`: where the chart `kube-prometheus-stack` comes from: a repository (https://…), a registry (oci://…), or
   * a folder with a folder per chart.
   *
   * @default "https://prometheus-community.github.io/helm-charts"
   */
  readonly prometheusCharts?: string;
  /**
   * With `install`: version of `kube-prometheus-stack`.
   *
   * @default "88.5.3"
   */
  readonly prometheusVersion?: string;
  /**
   * With `install`: Helm values laid over the program's own for `kube-prometheus-stack`. The state shows them: put no
   * password into them.
   *
   * @default {}
   */
  readonly prometheusValues?: Readonly<Record<string, unknown>>;
  /**
   * With `install`: where the chart `kiali-server` comes from, as `prometheusCharts`.
   *
   * @default "https://kiali.org/helm-charts"
   */
  readonly kialiCharts?: string;
  /**
   * With `install`: version of `kiali-server`: one that knows the Istio version in use.
   *
   * @default "2.27.0"
   * @see https://kiali.io/docs/installation/installation-guide/prerequisites/#version-compatibility
   */
  readonly kialiVersion?: string;
  /**
   * With `install`: Helm values laid over the program's own for `kiali-server`. The state shows them.
   *
   * @default {}
   */
  readonly kialiValues?: Readonly<Record<string, unknown>>;
}

/** Namespace of what is put up, and of scrapes and rules, unless the settings name another. */
export const MONITORING_NAMESPACE = "monitoring";

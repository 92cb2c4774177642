import type * as gcp from "@pulumi/gcp";

/** What the cluster tells of itself, and how its cost is told apart. */
export interface ObservabilitySettings {
  /**
   * Whose logs go to Cloud Logging. `SYSTEM_COMPONENTS` is always among them. Logging bills by volume.
   *
   * @default ["SYSTEM_COMPONENTS", "WORKLOADS"]
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/about-logs (CIS GKE 1.4: 5.7.1)
   */
  readonly loggedComponents?: readonly LoggedComponent[];
  /**
   * Whether Google's managed Prometheus collects the metrics of pods that a `PodMonitoring` selects. It bills by
   * samples. Autopilot always has it.
   *
   * @default true
   * @see https://cloud.google.com/stackdriver/docs/managed-prometheus
   */
  readonly managedPrometheus?: boolean;
  /**
   * Labels of the cluster, its nodes and its keys, by which bills tell costs apart (lower-case letters, digits, `-`,
   * `_`).
   *
   * @default {}
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/creating-managing-labels
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Parts of a cluster that can log. */
export type LoggedComponent =
  "SYSTEM_COMPONENTS" | "WORKLOADS" | "APISERVER" | "CONTROLLER_MANAGER" | "SCHEDULER";

type ObservabilityArgs = Pick<
  gcp.container.ClusterArgs,
  "loggingConfig" | "monitoringConfig" | "resourceLabels" | "costManagementConfig"
>;

/** The cluster's part of {@link ObservabilitySettings}. */
export function observability(
  settings: ObservabilitySettings,
  autopilot: boolean,
): ObservabilityArgs {
  const logged = settings.loggedComponents ?? ["SYSTEM_COMPONENTS", "WORKLOADS"];
  return {
    loggingConfig: { enableComponents: [...new Set(["SYSTEM_COMPONENTS", ...logged])] },
    monitoringConfig: {
      // The one package of metrics that is free of charge.
      enableComponents: ["SYSTEM_COMPONENTS"],
      managedPrometheus: { enabled: autopilot || (settings.managedPrometheus ?? true) },
    },
    resourceLabels: { ...settings.labels },
    // Splits the bill by namespace and label: https://cloud.google.com/kubernetes-engine/docs/how-to/cost-allocations
    costManagementConfig: { enabled: true },
  };
}

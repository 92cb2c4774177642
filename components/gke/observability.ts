import type * as gcp from "@pulumi/gcp";
import { z } from "zod";

import { flag, oneOf } from "../../validation/fields";
import type { Resolved } from "../../validation/rows";

const loggedComponent = oneOf(
  "SYSTEM_COMPONENTS",
  "WORKLOADS",
  "APISERVER",
  "CONTROLLER_MANAGER",
  "SCHEDULER",
);

/** Logs and metrics that Google Cloud collects from the cluster. */
export const clusterObservabilitySettings = {
  /**
   * Components whose logs go to Cloud Logging. `SYSTEM_COMPONENTS` is always included. Google bills logs by volume.
   *
   * @default ["SYSTEM_COMPONENTS","WORKLOADS"]
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/about-logs (CIS GKE 1.4: 5.7.1)
   */
  loggedComponents: z.array(loggedComponent).readonly().default(["SYSTEM_COMPONENTS", "WORKLOADS"]),
  /**
   * Whether Google Cloud Managed Service for Prometheus collects the metrics of pods that a `PodMonitoring` selects.
   * Google bills it by samples. Autopilot always has it.
   *
   * @default true
   * @see https://cloud.google.com/stackdriver/docs/managed-prometheus
   */
  managedPrometheus: flag.default(true),
};

type ObservabilityArgs = Pick<
  gcp.container.ClusterArgs,
  "loggingConfig" | "monitoringConfig" | "costManagementConfig"
>;

/** The cluster's arguments for {@link clusterObservabilitySettings}. */
export function observability(
  { loggedComponents, managedPrometheus }: Resolved<typeof clusterObservabilitySettings>,
  autopilot: boolean,
): ObservabilityArgs {
  return {
    loggingConfig: { enableComponents: [...new Set(["SYSTEM_COMPONENTS", ...loggedComponents])] },
    monitoringConfig: {
      // The only package of metrics that is free of charge.
      enableComponents: ["SYSTEM_COMPONENTS"],
      managedPrometheus: { enabled: autopilot || managedPrometheus },
    },
    // Splits costs by namespace and label: https://cloud.google.com/kubernetes-engine/docs/how-to/cost-allocations
    costManagementConfig: { enabled: true },
  };
}

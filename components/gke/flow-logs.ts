import type * as gcp from "@pulumi/gcp";

/** What the subnet logs. */
export interface FlowLogSettings {
  /**
   * Share of the subnet's connections in the VPC flow logs, from 0 (no logs) to 1. Logging bills by volume.
   *
   * @default 0.1
   * @see https://cloud.google.com/vpc/docs/flow-logs (CIS GKE 1.4: 5.6.1)
   */
  readonly flowLogSampling?: number;
}

/** The subnet's part of {@link FlowLogSettings}. */
export function flowLogs(settings: FlowLogSettings): Pick<gcp.compute.SubnetworkArgs, "logConfig"> {
  const flowSampling = settings.flowLogSampling ?? 0.1;
  if (flowSampling === 0) return {};
  return {
    logConfig: {
      flowSampling,
      aggregationInterval: "INTERVAL_5_MIN",
      // Names of pods and Services, without which a flow says little in a cluster.
      metadata: "INCLUDE_ALL_METADATA",
    },
  };
}

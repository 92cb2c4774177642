import type * as gcp from "@pulumi/gcp";
import { z } from "zod";

import { mustBe } from "../../validation/messages";
import type { Resolved } from "../../validation/rows";

const error = mustBe("a number from 0 to 1");
const share = z.number({ error }).refine((value) => value >= 0 && value <= 1, { error });

/** What the subnet logs. */
export const flowLogSettings = {
  /**
   * Share of the subnet's connections that VPC flow logs record, from 0 (no logs) to 1. Google bills logs by volume.
   *
   * @default 0.1
   * @see https://cloud.google.com/vpc/docs/flow-logs (CIS GKE 1.4: 5.6.1)
   */
  flowLogSampling: share.default(0.1),
};

/** The subnet's arguments for {@link flowLogSettings}. */
export function flowLogs({
  flowLogSampling,
}: Resolved<typeof flowLogSettings>): Pick<gcp.compute.SubnetworkArgs, "logConfig"> {
  if (flowLogSampling === 0) return {};
  return {
    logConfig: {
      flowSampling: flowLogSampling,
      aggregationInterval: "INTERVAL_5_MIN",
      // Includes the names of pods and Services, because an address does not identify a workload.
      metadata: "INCLUDE_ALL_METADATA",
    },
  };
}

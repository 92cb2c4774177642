import { z } from "zod";

import { revisionName } from "../../components/istio/revision";
import { chartSource } from "../../validation/chart-source";
import { chartVersion, oneOf } from "../../validation/fields";

/**
 * A second control plane, which runs beside the first one while you upgrade Istio.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/
 */
export const istioCanary = z.strictObject({
  /** Name of its revision, such as `1-32-0`. */
  revision: revisionName,
  /** Version of its charts. At most two minor versions from `istioVersion`. */
  version: chartVersion,
  /**
   * Where its charts come from.
   *
   * @default the value of `istioCharts`
   */
  charts: chartSource.exactOptional(),
  /**
   * What it serves: `nothing`, the `gateways`, or `everything`, which includes the sample workloads.
   *
   * @default "nothing"
   */
  serves: oneOf("nothing", "gateways", "everything").default("nothing"),
});

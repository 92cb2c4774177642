import type * as gcp from "@pulumi/gcp";
import { z } from "zod";

import { oneOf, uniqueBy } from "../../validation/fields";
import type { Resolved } from "../../validation/rows";
import { maintenanceExclusion, maintenanceExclusions } from "./maintenance-exclusions";
import { maintenanceWindow, recurringWindow } from "./maintenance-window";

/** How the cluster stays up to date. */
export const upgradeSettings = {
  /**
   * Release channel. Google upgrades the control plane and the nodes to its versions.
   *
   * @default "REGULAR"
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/release-channels (CIS GKE 1.4: 5.5.4)
   */
  releaseChannel: oneOf("RAPID", "REGULAR", "STABLE", "EXTENDED").default("REGULAR"),
  /**
   * When Google may upgrade the cluster.
   *
   * @default {"days":["SA","SU"],"start":"01:00","hours":8} (Saturdays and Sundays, 01:00 to 09:00 UTC)
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions
   */
  maintenanceWindow: maintenanceWindow.default({ days: ["SA", "SU"], start: "01:00", hours: 8 }),
  /**
   * Periods in which Google does not upgrade the cluster, such as a freeze before a holiday. Google ignores them for
   * severe vulnerabilities.
   *
   * @default []
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions#exclusions
   */
  maintenanceExclusions: z
    .array(maintenanceExclusion)
    .readonly()
    .superRefine(uniqueBy("name"))
    .default([]),
};

/** The cluster's arguments for {@link upgradeSettings}. */
export function upgrades(
  settings: Resolved<typeof upgradeSettings>,
): Pick<gcp.container.ClusterArgs, "releaseChannel" | "maintenancePolicy"> {
  const exclusions = maintenanceExclusions(settings.maintenanceExclusions);
  return {
    releaseChannel: { channel: settings.releaseChannel },
    maintenancePolicy: {
      recurringWindow: recurringWindow(settings.maintenanceWindow),
      ...(exclusions.length > 0 && { maintenanceExclusions: exclusions }),
    },
  };
}

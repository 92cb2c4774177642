import type * as gcp from "@pulumi/gcp";
import { z } from "zod";

import { oneOf, string, unique } from "../../validation/fields";
import type { Problem } from "../../validation/problem";
import type { Resolved } from "../../validation/rows";
import { got } from "../../validation/show";

const zone = string(
  (value) => /^[a-z]+-[a-z]+\d+-[a-z]$/.test(value),
  "a zone",
  "use a name such as europe-west1-b",
);

/** Who runs the nodes, and where the control plane and the nodes run. */
export const locationSettings = {
  /**
   * Who runs the nodes: `standard` (you, in a node pool that the program creates) or `autopilot` (Google, which bills for
   * what pods request). A change replaces the cluster.
   *
   * @default "standard"
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/choose-cluster-mode
   */
  mode: oneOf("standard", "autopilot").default("standard"),
  /**
   * Where the control plane runs: in one zone (`zonal`: in the free tier, but unavailable during its upgrades) or in
   * three zones (`regional`, for production). Autopilot is always regional. A change replaces the cluster.
   *
   * @default zonal, or regional in Autopilot
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/configuration-overview#availability
   */
  locationType: oneOf("zonal", "regional").optional(),
  /**
   * Zones of the nodes (names, such as `europe-west1-b`). A zonal control plane runs in the first one. Not available in
   * Autopilot.
   *
   * @default zone `b` of the region, or three zones that Google chooses if the cluster is regional
   */
  zones: z.array(zone).readonly().superRefine(unique).optional(),
};

type Settings = Resolved<typeof locationSettings>;

/** Whether Google runs the nodes. */
export function isAutopilot({ mode }: Pick<Settings, "mode">): boolean {
  return mode === "autopilot";
}

/** The cluster's arguments for {@link locationSettings}. */
export function clusterLocation(
  settings: Settings & { readonly region: string },
): Pick<gcp.container.ClusterArgs, "nodeLocations"> & { readonly location: string } {
  const { region, zones = [] } = settings;
  if (isAutopilot(settings)) return { location: region };
  if (settings.locationType === "regional") {
    return { location: region, ...(zones.length > 0 && { nodeLocations: [...zones] }) };
  }
  // Every region has a zone b. europe-west1 and us-east1 have no zone a.
  const [first = `${region}-b`, ...others] = zones;
  // For a zonal cluster, the provider expects only the additional zones.
  return { location: first, ...(others.length > 0 && { nodeLocations: others }) };
}

/** Number of zones in which a Standard cluster has nodes. Google chooses three if a regional cluster lists none. */
export function zoneCount({
  locationType,
  zones = [],
}: Pick<Settings, "locationType" | "zones">): number {
  if (zones.length > 0) return zones.length;
  return locationType === "regional" ? 3 : 1;
}

/** Refuses zones of another region. */
export function checkZones({
  region,
  zones = [],
}: Pick<Settings, "zones"> & { readonly region: string }): readonly Problem[] {
  return [...zones.entries()]
    .filter(([, name]) => !name.startsWith(`${region}-`))
    .map(([index, name]) => ({
      path: ["zones", index],
      message: `must be a zone of ${region} ${got(name)}: use names such as ${region}-b`,
    }));
}

/** Refuses a zonal control plane in Autopilot. */
export function checkLocationType(
  settings: Pick<Settings, "mode" | "locationType">,
): readonly Problem[] {
  if (!isAutopilot(settings) || settings.locationType !== "zonal") return [];
  const message =
    'must be "regional" with mode "autopilot" (got "zonal"): remove it, or set mode to "standard"';
  return [{ path: ["locationType"], message }];
}

/** Refuses a setting of the nodes in Autopilot, where Google runs them. */
export function checkStandardOnly<Key extends string>(key: Key) {
  return (
    settings: Pick<Settings, "mode"> & Readonly<Partial<Record<Key, unknown>>>,
  ): readonly Problem[] => {
    const value: unknown = settings[key];
    if (!isAutopilot(settings) || value === undefined) return [];
    const message = `has no effect with mode "autopilot" ${got(value)}: remove it, or set mode to "standard"`;
    return [{ path: [key], message }];
  };
}

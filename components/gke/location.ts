import type * as gcp from "@pulumi/gcp";

/** What kind of cluster it is, and where its control plane and nodes are. */
export interface LocationSettings {
  /**
   * Who runs the nodes: `standard` (a node pool of the program's) or `autopilot` (Google, billed by what pods ask for).
   * Changing it replaces the cluster.
   *
   * @default "standard"
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/choose-cluster-mode
   */
  readonly mode?: "standard" | "autopilot";
  /**
   * Where the control plane is: in one zone (`zonal`, within the free tier, away during its upgrades), or in three
   * (`regional`, for production). Autopilot is always regional. Changing it replaces the cluster.
   *
   * @default "zonal"; "regional" in Autopilot
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/configuration-overview#availability
   */
  readonly locationType?: "zonal" | "regional";
  /**
   * Zones of the nodes (names, such as `europe-west1-b`). The first one is also that of a zonal control plane. Not in
   * Autopilot.
   *
   * @default zone `b` of the region; when regional, three zones that Google chooses
   */
  readonly zones?: readonly string[];
}

/** Whether Google runs the nodes. */
export function isAutopilot({ mode }: LocationSettings): boolean {
  return mode === "autopilot";
}

/** The cluster's part of {@link LocationSettings}. */
export function clusterLocation(
  settings: LocationSettings & { readonly region: string },
): Pick<gcp.container.ClusterArgs, "nodeLocations"> & { readonly location: string } {
  const { region, zones = [] } = settings;
  if (isAutopilot(settings)) return { location: region };
  if (settings.locationType === "regional") {
    return { location: region, ...(zones.length > 0 && { nodeLocations: [...zones] }) };
  }
  // Every region has a zone b; europe-west1 and us-east1 have no zone a.
  const [first = `${region}-b`, ...others] = zones;
  // The provider wants a zonal cluster's own zone left out.
  return { location: first, ...(others.length > 0 && { nodeLocations: others }) };
}

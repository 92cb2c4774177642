import { z } from "zod";

import type { GkeSettings } from "../components/gke/settings";
import { oneOf, orNothing } from "./fields";

const text = z.string();
const flag = z.boolean().exactOptional();
const number = z.number().exactOptional();
const texts = z.array(z.string()).exactOptional();

/** The settings of a cluster on GKE: each key by its kind. What kinds cannot say is said by `gkeProblems`. */
const settings: z.ZodType<GkeSettings> = z.strictObject({
  project: text,
  region: text,
  clusterName: text.exactOptional(),
  enableApis: flag,

  nodesRange: text.exactOptional(),
  podsRange: text.exactOptional(),
  servicesRange: text.exactOptional(),
  controlPlaneRange: text.exactOptional(),
  flowLogSampling: number,

  mode: oneOf("standard", "autopilot").exactOptional(),
  locationType: oneOf("zonal", "regional").exactOptional(),
  zones: texts,

  controlPlaneAccess: oneOf("dns", "authorizedNetworks").exactOptional(),
  authorizedNetworks: z.array(z.strictObject({ cidr: text, name: text })).exactOptional(),
  privateEndpoint: flag,

  machineType: text.exactOptional(),
  diskSizeGb: number,
  bootDiskKey: text.exactOptional(),
  minNodes: number,
  maxNodes: number,
  spot: flag,
  upgradeMaxSurge: number,
  upgradeMaxUnavailable: number,

  releaseChannel: oneOf("RAPID", "REGULAR", "STABLE", "EXTENDED").exactOptional(),
  maintenanceWindow: z
    .strictObject({
      days: z.array(oneOf("MO", "TU", "WE", "TH", "FR", "SA", "SU")),
      start: text,
      hours: z.number(),
    })
    .exactOptional(),
  maintenanceExclusions: z
    .array(
      z.strictObject({
        name: text,
        start: text,
        end: text.exactOptional(),
        scope: oneOf("NO_UPGRADES", "NO_MINOR_UPGRADES", "NO_MINOR_OR_NODE_UPGRADES"),
      }),
    )
    .exactOptional(),

  deletionProtection: flag,
  binaryAuthorization: flag,
  securityPosture: flag,
  secretsKey: text.exactOptional(),

  loggedComponents: z
    .array(oneOf("SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"))
    .exactOptional(),
  managedPrometheus: flag,
  labels: z.record(z.string(), z.string()).exactOptional(),
});

/** The object `gke`, or nothing where it is empty. */
export const gkeSettings = orNothing(settings);

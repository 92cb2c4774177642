import { parseCidr } from "../../validation/cidr";
import { type ControlPlaneSettings, reachedByDns } from "./control-plane";
import { isAutopilot } from "./location";
import { maintenanceExclusionProblems } from "./maintenance-exclusions";
import { MOST_NODES } from "./nat";
import { poolSize, surge } from "./node-pool";
import { type Problem, problem } from "./problem";
import { rangeProblems, WRITE_CIDR } from "./range-problems";
import { keyProblem, secretsKeyProblem } from "./secrets-encryption";
import type { GkeSettings } from "./settings";
import { maintenanceWindowProblem } from "./upgrades";

/**
 * All that is wrong with the settings and that can be known before anything is created: what types cannot say.
 * Empty when they are right.
 */
export function gkeProblems(settings: GkeSettings): readonly Problem[] {
  const { maintenanceWindow, secretsKey, region } = settings;
  return [
    ...names(settings),
    ...rangeProblems(settings),
    ...zones(settings),
    ...(isAutopilot(settings) ? notInAutopilot(settings) : nodes(settings)),
    ...access(settings),
    ...sampling(settings),
    ...labels(settings),
    ...problem(
      ["maintenanceWindow"],
      maintenanceWindow && maintenanceWindowProblem(maintenanceWindow),
    ),
    ...maintenanceExclusionProblems(settings.maintenanceExclusions ?? []),
    ...problem(["secretsKey"], secretsKey && secretsKeyProblem(secretsKey, region)),
  ];
}

/** The nodes' service account has 30 characters: the name, and `-nodes`. */
const CLUSTER_NAME = /^[a-z](?:[-a-z0-9]{0,22}[a-z0-9])?$/;
const PROJECT = /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/;
const REGION = /^[a-z]+-[a-z]+\d+$/;

function names({ project, region, clusterName }: GkeSettings): Problem[] {
  const named = (path: string, value: string | undefined, form: RegExp, what: string) =>
    problem(
      [path],
      value === undefined || form.test(value) ? undefined : `"${value}" is no ${what}`,
    );
  return [
    ...named(
      "project",
      project,
      PROJECT,
      "project: use its id, as `gcloud projects list` shows it",
    ),
    ...named("region", region, REGION, "region: use a name such as europe-west1"),
    ...named(
      "clusterName",
      clusterName,
      CLUSTER_NAME,
      "cluster's name: use at most 24 lower-case letters, digits and dashes, beginning with a letter",
    ),
  ];
}

function zones({ region, zones: given = [] }: GkeSettings): Problem[] {
  return given.flatMap((zone, index) => {
    const first = given.indexOf(zone) === index;
    if (zone.startsWith(`${region}-`) && /^[a-z]$/.test(zone.slice(region.length + 1))) {
      return problem(["zones", index], first ? undefined : `"${zone}" is there twice: remove one`);
    }
    return problem(
      ["zones", index],
      `"${zone}" is no zone of ${region}: use names such as ${region}-b`,
    );
  });
}

const STANDARD_ONLY = [
  "zones",
  "machineType",
  "diskSizeGb",
  "bootDiskKey",
  "minNodes",
  "maxNodes",
  "spot",
  "upgradeMaxSurge",
  "upgradeMaxUnavailable",
] as const satisfies readonly (keyof GkeSettings)[];

function notInAutopilot(settings: GkeSettings): Problem[] {
  const useless = STANDARD_ONLY.filter((key) => settings[key] !== undefined).map((key) => ({
    path: [key],
    message:
      "means nothing in Autopilot, where Google runs the nodes: remove it, or use mode standard",
  }));
  const zonal = problem(
    ["locationType"],
    settings.locationType === "zonal"
      ? '"zonal" is not to be had in Autopilot: remove it, or use mode standard'
      : undefined,
  );
  return [...useless, ...zonal];
}

function nodes(settings: GkeSettings): Problem[] {
  const { minNodes, maxNodes } = poolSize(settings);
  const { maxSurge, maxUnavailable } = surge(settings);
  const whole = (path: string, value: number, least: number, most: number) =>
    problem(
      [path],
      Number.isInteger(value) && value >= least && value <= most
        ? undefined
        : `${value} is not a whole number from ${least} to ${most}: use one`,
    );
  return [
    ...whole("minNodes", minNodes, 1, 1000),
    ...whole("maxNodes", maxNodes, 1, 1000),
    ...problem(
      ["maxNodes"],
      minNodes > maxNodes
        ? `${maxNodes} is less than minNodes, ${minNodes}: set maxNodes higher or minNodes lower`
        : undefined,
    ),
    ...problem(
      ["maxNodes"],
      maxNodes + maxSurge > MOST_NODES
        ? `${maxNodes}, with ${maxSurge} more in an upgrade, is more than the ${MOST_NODES} nodes that the one NAT address has ports for: set it lower`
        : undefined,
    ),
    ...problem(
      ["bootDiskKey"],
      settings.bootDiskKey === undefined
        ? undefined
        : keyProblem(settings.bootDiskKey, settings.region),
    ),
    ...whole("diskSizeGb", settings.diskSizeGb ?? 50, 20, 65_536),
    ...whole("upgradeMaxSurge", maxSurge, 0, 20),
    ...whole("upgradeMaxUnavailable", maxUnavailable, 0, 20),
    ...problem(
      ["upgradeMaxSurge"],
      maxSurge + maxUnavailable === 0
        ? "0 leaves no way to upgrade while upgradeMaxUnavailable is 0: set one of them to 1"
        : undefined,
    ),
  ];
}

function access(settings: ControlPlaneSettings): Problem[] {
  const { authorizedNetworks = [], privateEndpoint } = settings;
  const useless = (path: string, isSet: boolean) =>
    problem(
      [path],
      isSet
        ? "means nothing while controlPlaneAccess is dns: remove it, or use controlPlaneAccess authorizedNetworks"
        : undefined,
    );
  if (reachedByDns(settings)) {
    return [
      ...useless("authorizedNetworks", authorizedNetworks.length > 0),
      ...useless("privateEndpoint", privateEndpoint === true),
    ];
  }
  return [
    ...problem(
      ["authorizedNetworks"],
      authorizedNetworks.length === 0
        ? "is empty: name the networks that may reach the control plane, or use controlPlaneAccess dns"
        : undefined,
    ),
    ...authorizedNetworks.flatMap(({ cidr }, index) => {
      const prefix = parseCidr(cidr)?.prefix;
      return problem(
        ["authorizedNetworks", index, "cidr"],
        prefix === undefined
          ? `"${cidr}" is no range: ${WRITE_CIDR}`
          : prefix === 0
            ? `"${cidr}" is the whole internet: name the networks that you know, or use controlPlaneAccess dns`
            : undefined,
      );
    }),
  ];
}

function sampling({ flowLogSampling = 0 }: GkeSettings): readonly Problem[] {
  return problem(
    ["flowLogSampling"],
    flowLogSampling >= 0 && flowLogSampling <= 1
      ? undefined
      : `${flowLogSampling} is no share: use a number from 0 to 1`,
  );
}

const LABEL_KEY = /^[a-z][-_a-z0-9]{0,62}$/;
const LABEL_VALUE = /^[-_a-z0-9]{0,63}$/;

function labels({ labels: given = {} }: GkeSettings): Problem[] {
  return Object.entries(given)
    .filter(([key, value]) => !LABEL_KEY.test(key) || !LABEL_VALUE.test(value))
    .map(([key, value]) => ({
      path: ["labels", key],
      message: `"${key}: ${value}" is no label: use at most 63 lower-case letters, digits, dashes and underscores, the key beginning with a letter`,
    }));
}

import { expect, test } from "vitest";

import {
  type GkeSettings,
  gkeSettings,
  type ResolvedGkeSettings,
} from "../../../../components/gke/settings";
import { wrongType } from "../../../../validation/messages";
import { formatPath, problemsOf } from "../../../../validation/problem";

const minimal: GkeSettings = { project: "my-project", region: "europe-west1" };
const autopilot = { mode: "autopilot" } as const;
const byAddress = { controlPlaneAccess: "authorizedNetworks" } as const;
const freeze = { name: "freeze", start: "2026-12-18T00:00:00Z", scope: "NO_UPGRADES" } as const;
const frozen = (...maintenanceExclusions: GkeSettings["maintenanceExclusions"] & object) => ({
  maintenanceExclusions,
});
const key = (location: string) => `projects/p/locations/${location}/keyRings/r/cryptoKeys/k`;

/** What is wrong, as `path: message`. */
function problemsIn(settings: object): readonly string[] {
  const { error } = gkeSettings.safeParse({ ...minimal, ...settings }, { error: wrongType });
  return (error ? problemsOf(error) : []).map(
    ({ path, message }) => `${formatPath(path)}: ${message}`,
  );
}

test("only two keys are required", () => {
  expect(problemsIn({})).toEqual([]);
  expect(problemsIn({ project: undefined, region: undefined })).toEqual([
    "project: is missing",
    "region: is missing",
  ]);
});

test.each<[string, Partial<GkeSettings>]>([
  ["a regional cluster", { locationType: "regional", zones: ["europe-west1-b", "europe-west1-d"] }],
  ["Autopilot", { ...autopilot, locationType: "regional" }],
  [
    "authorized networks",
    { ...byAddress, authorizedNetworks: [{ cidr: "203.0.113.0/24", name: "office" }] },
  ],
  ["existing keys", { secretsKey: key("europe-west1"), bootDiskKey: key("europe-west1") }],
  [
    "a nightly window",
    { maintenanceWindow: { days: ["MO", "TU", "WE"], start: "22:30", hours: 4 } },
  ],
  [
    "a freeze, and another one that lasts until support ends",
    frozen(
      { ...freeze, end: "2027-01-04T00:00:00Z" },
      { ...freeze, name: "minor", scope: "NO_MINOR_UPGRADES" },
    ),
  ],
  ["labels", { labels: { "cost-center": "42", team: "" } }],
  ["the smallest ranges for three nodes", { nodesRange: "10.0.0.0/29", podsRange: "10.1.0.0/22" }],
  ["a custom machine type", { machineType: "n2-custom-8-16384-ext" }],
])("%s is valid", (_, settings) => {
  expect(problemsIn(settings)).toEqual([]);
});

test.each<[string, Partial<GkeSettings>]>([
  ["a Standard cluster", {}],
  ["an Autopilot cluster", autopilot],
])("%s with its defaults filled in is valid input again", (_, settings) => {
  const resolved: ResolvedGkeSettings = gkeSettings.parse({ ...minimal, ...settings });

  expect(problemsIn(resolved)).toEqual([]);
});

/** Each wrong value, and the start of its only message. */
test.each<[object, string]>([
  // Names
  [
    { project: "My Project" },
    'project: must be a project ID (got "My Project"): use the ID that `gcloud projects list` shows',
  ],
  [
    { region: "europe-west1-b" },
    'region: must be a region (got "europe-west1-b"): use a name such as europe-west1',
  ],
  [
    { clusterName: `${"a-".repeat(12)}a` },
    `clusterName: must be a cluster name (got "${"a-".repeat(12)}a"): use at most 24 lowercase letters`,
  ],
  [{ clusterName: "1st" }, 'clusterName: must be a cluster name (got "1st"): use at most 24'],
  [{ labels: { Team: "a" } }, 'labels.Team: must be a label key (got "Team"): use at most 63'],
  [
    { labels: { team: "A" } },
    'labels.team: must be a label value (got "A"): use at most 63 lowercase letters',
  ],
  [{ labels: { Team: "A" } }, 'labels.Team: must be a label value (got "A")'],
  [{ labels: { team: 5 } }, "labels.team: must be a label value (got 5)"],
  // Ranges
  [
    { podsRange: "10.64.0.0" },
    `podsRange: must be a CIDR range (got "10.64.0.0"): use the range's first address`,
  ],
  [{ podsRange: "10.64.0.1/16" }, 'podsRange: must be a CIDR range (got "10.64.0.1/16")'],
  [
    { podsRange: "10.0.0.0/16" },
    'podsRange: must not overlap nodesRange, 10.0.0.0/22 (got "10.0.0.0/16"): move one of them',
  ],
  [
    { nodesRange: "10.128.8.0/24" },
    'nodesRange: must not overlap servicesRange, 10.128.0.0/20 (got "10.128.8.0/24")',
  ],
  [
    { controlPlaneRange: "172.16.0.0/24" },
    'controlPlaneRange: must be a CIDR range with the prefix /28 (got "172.16.0.0/24")',
  ],
  [
    { podsRange: "10.64.0.0/23" },
    'podsRange: must have at least 1024 addresses, for the pods of 4 nodes (got "10.64.0.0/23"): use a larger range',
  ],
  [
    { nodesRange: "10.0.0.0/28", maxNodes: 20 },
    'nodesRange: must have at least 25 addresses, for 21 nodes (got "10.0.0.0/28")',
  ],
  [
    { ...autopilot, podsRange: "10.64.0.0/25" },
    "podsRange: must have at least 256 addresses, for the pods of one node",
  ],
  // Zones
  [{ zones: ["b"] }, 'zones[0]: must be a zone (got "b"): use a name such as europe-west1-b'],
  [
    { zones: ["europe-west4-b"] },
    'zones[0]: must be a zone of europe-west1 (got "europe-west4-b"): use names such as europe-west1-b',
  ],
  [
    { zones: ["europe-west1-b", "europe-west1-b"] },
    'zones[1]: must be unique (got "europe-west1-b"): remove the repeated entry',
  ],
  [{ zones: "b" }, 'zones: must be a list (got "b"): write a list, even for one entry'],
  // Nodes
  [{ machineType: "" }, 'machineType: must be a machine type (got ""): use a name such as'],
  [
    { minNodes: 4 },
    "minNodes: must be at most maxNodes, 3 (got 4): lower minNodes, or set maxNodes",
  ],
  [
    { locationType: "regional", maxNodes: 2 },
    "maxNodes: must be at least 3, one node for each zone (got 2): raise maxNodes, or set zones to the zones of the nodes",
  ],
  [
    { zones: ["europe-west1-b", "europe-west1-c"], maxNodes: 1 },
    "maxNodes: must be at least 2, one node for each zone (got 1)",
  ],
  [{ minNodes: 0 }, "minNodes: must be an integer from 1 to 1000 (got 0)"],
  [{ maxNodes: "3" }, 'maxNodes: must be an integer from 1 to 1000 (got "3")'],
  [{ diskSizeGb: 5 }, "diskSizeGb: must be an integer from 20 to 65536 (got 5)"],
  [{ spot: "true" }, 'spot: must be true or false (got "true"): write it without quotation marks'],
  [
    { upgradeMaxSurge: 0 },
    "upgradeMaxSurge: must be at least 1 while upgradeMaxUnavailable is 0 (got 0): an upgrade must",
  ],
  [
    { maxNodes: 504, podsRange: "10.64.0.0/14", servicesRange: "10.200.0.0/20" },
    "maxNodes: must be at most 503 (got 504): the NAT address has ports for 504 nodes, and an upgrade adds 1",
  ],
  [
    { bootDiskKey: "create" },
    'bootDiskKey: must be the name of a Cloud KMS key (got "create"): use the form projects/',
  ],
  [
    { bootDiskKey: key("us-east1") },
    `bootDiskKey: must be a key in europe-west1, the cluster's region (got "${key("us-east1")}")`,
  ],
  // Autopilot
  [
    { ...autopilot, bootDiskKey: key("us-east1") },
    'bootDiskKey: has no effect with mode "autopilot" (got "projects/',
  ],
  [
    { ...autopilot, spot: false },
    'spot: has no effect with mode "autopilot" (got false): remove it, or set mode to "standard"',
  ],
  [
    { ...autopilot, machineType: "e2-standard-2" },
    'machineType: has no effect with mode "autopilot" (got "e2-standard-2")',
  ],
  [
    { ...autopilot, zones: ["europe-west1-b"] },
    'zones: has no effect with mode "autopilot" (got a list)',
  ],
  [
    { ...autopilot, locationType: "zonal" },
    'locationType: must be "regional" with mode "autopilot" (got "zonal"): remove it, or set mode',
  ],
  [{ mode: "classic" }, 'mode: must be "standard" or "autopilot" (got "classic")'],
  // Control plane
  [
    byAddress,
    'authorizedNetworks: must not be empty with controlPlaneAccess "authorizedNetworks": list the networks',
  ],
  [
    { ...byAddress, authorizedNetworks: [{ cidr: "0.0.0.0/0", name: "all" }] },
    'authorizedNetworks[0].cidr: must be a smaller range than the whole internet (got "0.0.0.0/0"): list',
  ],
  [
    { ...byAddress, authorizedNetworks: [{ cidr: "office", name: "" }] },
    'authorizedNetworks[0].cidr: must be a CIDR range (got "office")',
  ],
  [
    { authorizedNetworks: [{ cidr: "203.0.113.0/24", name: "" }] },
    'authorizedNetworks: has no effect with controlPlaneAccess "dns" (got a list): remove it, or set',
  ],
  [
    { privateEndpoint: true },
    'privateEndpoint: has no effect with controlPlaneAccess "dns" (got true): remove it, or set',
  ],
  // Upgrades
  [
    { maintenanceWindow: { days: ["SA"], start: "01:00", hours: 8 } },
    "maintenanceWindow: must have at least 48 hours in 32 days (got 32: 1 × 8 hours a week): add days or hours",
  ],
  [
    { maintenanceWindow: { days: ["SA", "SA"], start: "01:00", hours: 8 } },
    'maintenanceWindow.days[1]: must be unique (got "SA"): remove the repeated entry',
  ],
  [
    { maintenanceWindow: { days: ["SA", "SU"], start: "1", hours: 8 } },
    'maintenanceWindow.start: must be a time of day (got "1"): use the form HH:MM, such as 01:00',
  ],
  [
    { maintenanceWindow: { days: ["SA", "SU"], start: "01:00", hours: 3 } },
    "maintenanceWindow.hours: must be an integer from 4 to 24 (got 3)",
  ],
  [
    frozen(freeze),
    'maintenanceExclusions[0].end: must be set with scope "NO_UPGRADES": set an end, or use NO_MINOR',
  ],
  [
    frozen({ ...freeze, end: "2026-12-18T00:00:00Z" }),
    'maintenanceExclusions[0].end: must be after the start, 2026-12-18T00:00:00Z (got "2026-12-18T00:00:00Z")',
  ],
  [
    frozen({ ...freeze, start: "2026-12-18", end: "2026-01-04T00:00:00Z" }),
    'maintenanceExclusions[0].start: must be a time in UTC (got "2026-12-18"): use the form',
  ],
  [
    frozen({ ...freeze, end: "2027-13-04T00:00:00Z" }),
    'maintenanceExclusions[0].end: must be a time in UTC (got "2027-13-04T00:00:00Z")',
  ],
  [
    frozen({ ...freeze, name: "", end: "2027-01-04T00:00:00Z" }),
    'maintenanceExclusions[0].name: must be a non-empty string (got ""): enter a value',
  ],
  [
    frozen({ ...freeze, end: "2027-01-04T00:00:00Z" }, { ...freeze, end: "2027-02-04T00:00:00Z" }),
    'maintenanceExclusions[1].name: must be unique (got "freeze"): give each entry its own name',
  ],
  // Keys, logs
  [
    { secretsKey: "mine" },
    'secretsKey: must be "create", "none" or the name of a Cloud KMS key (got "mine"): use the form',
  ],
  [
    { secretsKey: key("us-east1") },
    `secretsKey: must be a key in europe-west1, the cluster's region (got "${key("us-east1")}")`,
  ],
  [{ flowLogSampling: 2 }, "flowLogSampling: must be a number from 0 to 1 (got 2)"],
  [{ loggedComponents: ["PODS"] }, 'loggedComponents[0]: must be "SYSTEM_COMPONENTS", "WORKLOADS"'],
  [{ nodes: 3 }, "nodes: is not a known key: remove it or correct its name"],
  // A value that is wrong by itself gets no second message about its relation to others.
  [
    { region: "Mars", zones: ["europe-west1-b"], secretsKey: key("europe-west1") },
    'region: must be a region (got "Mars")',
  ],
  [{ maxNodes: 0, minNodes: 5 }, "maxNodes: must be an integer from 1 to 1000 (got 0)"],
  [
    { nodesRange: "10.64.0.0/33", podsRange: "10.64.0.0/15" },
    'nodesRange: must be a CIDR range (got "10.64.0.0/33")',
  ],
])("%j gives one message", (settings, message) => {
  expect(problemsIn(settings)).toEqual([expect.stringContaining(message)]);
});

test("wrong types do not hide wrong relations between other keys", () => {
  expect(
    problemsIn({ spot: 1, mode: "classic", nodes: 3, minNodes: 4, zones: ["us-east1-b"] }),
  ).toEqual([
    expect.stringMatching(/^mode: /),
    expect.stringMatching(/^spot: /),
    expect.stringMatching(/^nodes: /),
    expect.stringMatching(/^zones\[0\]: must be a zone of europe-west1/),
    expect.stringMatching(/^minNodes: must be at most maxNodes, 3/),
  ]);
});

test("settings that are not an object give one message", () => {
  const { error } = gkeSettings.safeParse(["my-project"], { error: wrongType });

  expect(error && problemsOf(error)).toEqual([
    { path: [], message: "must be an object (got a list): write keys with values" },
  ]);
});

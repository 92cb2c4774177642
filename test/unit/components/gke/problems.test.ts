import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { overlap, parseCidr } from "../../../../validation/cidr";
import { gkeProblems } from "../../../../components/gke/problems";
import type { GkeSettings } from "../../../../components/gke/settings";

const minimal: GkeSettings = { project: "my-project", region: "europe-west1" };
const autopilot = { mode: "autopilot" } as const;
const byAddress = { controlPlaneAccess: "authorizedNetworks" } as const;
const freeze = { name: "freeze", start: "2026-12-18T00:00:00Z", scope: "NO_UPGRADES" } as const;
const frozen = (...maintenanceExclusions: GkeSettings["maintenanceExclusions"] & object) => ({
  maintenanceExclusions,
});
const key = (location: string) => `projects/p/locations/${location}/keyRings/r/cryptoKeys/k`;

test("two keys are all that it takes", () => {
  expect(gkeProblems(minimal)).toEqual([]);
});

test.each<[string, Partial<GkeSettings>]>([
  ["a regional cluster", { locationType: "regional", zones: ["europe-west1-b", "europe-west1-d"] }],
  ["Autopilot", { ...autopilot, locationType: "regional" }],
  [
    "authorized networks",
    { ...byAddress, authorizedNetworks: [{ cidr: "203.0.113.0/24", name: "office" }] },
  ],
  ["keys of the user's", { secretsKey: key("europe-west1"), bootDiskKey: key("europe-west1") }],
  [
    "a nightly window",
    { maintenanceWindow: { days: ["MO", "TU", "WE"], start: "22:30", hours: 4 } },
  ],
  [
    "a freeze, and another that lasts until support ends",
    frozen(
      { ...freeze, end: "2027-01-04T00:00:00Z" },
      { ...freeze, name: "minor", scope: "NO_MINOR_UPGRADES" },
    ),
  ],
  ["labels", { labels: { "cost-center": "42", team: "" } }],
  ["the smallest ranges for three nodes", { nodesRange: "10.0.0.0/29", podsRange: "10.1.0.0/22" }],
])("%s is right", (_, settings) => {
  expect(gkeProblems({ ...minimal, ...settings })).toEqual([]);
});

test.each<[Partial<GkeSettings>, string, string]>([
  // Names
  [{ project: "My Project" }, "project", '"My Project" is no project: use its id'],
  [{ region: "europe-west1-b" }, "region", '"europe-west1-b" is no region: use a name such as'],
  [{ clusterName: "a".repeat(25) }, "clusterName", "use at most 24 lower-case letters"],
  [{ clusterName: "1st" }, "clusterName", "beginning with a letter"],
  [{ labels: { Team: "a" } }, "labels.Team", '"Team: a" is no label'],
  // Ranges
  [{ podsRange: "10.64.0.0" }, "podsRange", '"10.64.0.0" is no range: use CIDR notation'],
  [{ podsRange: "10.64.0.1/16" }, "podsRange", "with its first address"],
  [
    { podsRange: "10.0.0.0/16" },
    "podsRange",
    '"10.0.0.0/22" (nodesRange) and "10.0.0.0/16" (podsRange) overlap',
  ],
  [{ nodesRange: "10.128.8.0/24" }, "nodesRange", "(servicesRange) overlap: move one of them"],
  [{ controlPlaneRange: "172.16.0.0/24" }, "controlPlaneRange", "is a /24: use a /28"],
  [
    { podsRange: "10.64.0.0/23" },
    "podsRange",
    "has no room for the pods of 4 nodes: use a range of 1024",
  ],
  [{ nodesRange: "10.0.0.0/28", maxNodes: 20 }, "nodesRange", "has no room for 21 nodes"],
  // Zones
  [{ zones: ["europe-west4-b"] }, "zones.0", '"europe-west4-b" is no zone of europe-west1'],
  [{ zones: ["europe-west1-b", "europe-west1-b"] }, "zones.1", "is there twice: remove one"],
  // Nodes
  [
    { minNodes: 4 },
    "maxNodes",
    "3 is less than minNodes, 4: set maxNodes higher or minNodes lower",
  ],
  [{ minNodes: 0 }, "minNodes", "0 is not a whole number from 1 to 1000"],
  [{ diskSizeGb: 5 }, "diskSizeGb", "5 is not a whole number from 20"],
  [{ upgradeMaxSurge: 0 }, "upgradeMaxSurge", "0 leaves no way to upgrade"],
  [
    { maxNodes: 504, podsRange: "10.64.0.0/14", servicesRange: "10.200.0.0/20" },
    "maxNodes",
    "504, with 1 more in an upgrade, is more than the 504 nodes that the one NAT address has ports for",
  ],
  [{ bootDiskKey: "create" }, "bootDiskKey", '"create" is no key: use projects/'],
  [
    { bootDiskKey: key("us-east1") },
    "bootDiskKey",
    "is in us-east1, and the cluster in europe-west1",
  ],
  // Autopilot
  [{ ...autopilot, bootDiskKey: key("europe-west1") }, "bootDiskKey", "means nothing in Autopilot"],
  [{ ...autopilot, spot: true }, "spot", "means nothing in Autopilot"],
  [{ ...autopilot, zones: ["europe-west1-b"] }, "zones", "means nothing in Autopilot"],
  [{ ...autopilot, locationType: "zonal" }, "locationType", "not to be had in Autopilot"],
  // Control plane
  [byAddress, "authorizedNetworks", "is empty: name the networks"],
  [
    { ...byAddress, authorizedNetworks: [{ cidr: "0.0.0.0/0", name: "all" }] },
    "authorizedNetworks.0.cidr",
    "is the whole internet",
  ],
  [
    { ...byAddress, authorizedNetworks: [{ cidr: "office", name: "" }] },
    "authorizedNetworks.0.cidr",
    '"office" is no range',
  ],
  [
    { authorizedNetworks: [{ cidr: "203.0.113.0/24", name: "" }] },
    "authorizedNetworks",
    "means nothing while controlPlaneAccess is dns",
  ],
  [{ privateEndpoint: true }, "privateEndpoint", "means nothing while controlPlaneAccess is dns"],
  // Upgrades, keys, logs
  [
    { maintenanceWindow: { days: ["SA"], start: "01:00", hours: 8 } },
    "maintenanceWindow",
    "give 32 hours in 32 days, and Google asks for 48",
  ],
  [
    { maintenanceWindow: { days: ["SA", "SU"], start: "1", hours: 8 } },
    "maintenanceWindow",
    '"1" is no start',
  ],
  [
    { maintenanceWindow: { days: ["SA", "SU"], start: "01:00", hours: 3 } },
    "maintenanceWindow",
    "3 hours is no length",
  ],
  [frozen(freeze), "maintenanceExclusions.0.end", "NO_UPGRADES cannot last until support ends"],
  [
    frozen({ ...freeze, end: "2026-12-18T00:00:00Z" }),
    "maintenanceExclusions.0.end",
    "is not after the start, 2026-12-18T00:00:00Z: set a later one",
  ],
  [
    frozen({ ...freeze, start: "2026-12-18", end: "2027-01-04T00:00:00Z" }),
    "maintenanceExclusions.0.start",
    '"2026-12-18" is no time: use UTC in the form',
  ],
  [
    frozen({ ...freeze, end: "2027-13-04T00:00:00Z" }),
    "maintenanceExclusions.0.end",
    '"2027-13-04T00:00:00Z" is no time',
  ],
  [
    frozen({ ...freeze, name: "", end: "2027-01-04T00:00:00Z" }),
    "maintenanceExclusions.0.name",
    '"" is no name',
  ],
  [
    frozen({ ...freeze, end: "2027-01-04T00:00:00Z" }, { ...freeze, end: "2027-02-04T00:00:00Z" }),
    "maintenanceExclusions.1.name",
    '"freeze" is there twice: give each its own name',
  ],
  [{ secretsKey: "mine" }, "secretsKey", '"mine" is no key: use create, none, or projects/'],
  [
    { secretsKey: key("us-east1") },
    "secretsKey",
    "is in us-east1, and the cluster in europe-west1",
  ],
  [{ flowLogSampling: 2 }, "flowLogSampling", "2 is no share"],
])("%j is wrong at %s", (settings, path, message) => {
  const problems = gkeProblems({ ...minimal, ...settings });

  expect(problems.map((problem) => problem.path.join("."))).toEqual([path]);
  expect(problems[0]?.message).toContain(message);
});

describe("a range", () => {
  const octet = fc.nat(255);

  test("reads back as it was written", () => {
    fc.assert(
      fc.property(octet, octet, octet, octet, (a, b, c, d) => {
        const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
        expect(parseCidr(`${a}.${b}.${c}.${d}/32`)).toEqual({
          first: address,
          last: address,
          prefix: 32,
        });
      }),
    );
  });

  test("overlaps another exactly when one holds the other's first address", () => {
    const range = fc.tuple(octet, fc.integer({ min: 0, max: 8 })).map(([value, bits]) => {
      const first = value - (value % 2 ** (8 - bits));
      return { first, last: first + 2 ** (8 - bits) - 1, prefix: 24 + bits };
    });
    fc.assert(
      fc.property(range, range, (one, other) => {
        const within = (address: number, { first, last }: typeof one) =>
          first <= address && address <= last;
        expect(overlap(one, other)).toBe(within(one.first, other) || within(other.first, one));
      }),
    );
  });

  test.each([
    "10.0.0.0/33",
    "256.0.0.0/8",
    "10.0.0.0",
    "10.0.0.1/24",
    "10.0.0/8",
    "",
    " 10.0.0.0/8",
  ])("is not written %j", (cidr) => {
    expect(parseCidr(cidr)).toBeUndefined();
  });
});

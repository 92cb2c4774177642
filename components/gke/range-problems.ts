import { DEFAULT_RANGES, type NetworkSettings } from "./network";
import { overlap, parseCidr, type Range } from "../../validation/cidr";
import { isAutopilot, type LocationSettings } from "./location";
import { type NodePoolSettings, poolSize, surge } from "./node-pool";
import { type Problem, problem } from "./problem";

type RangeKey = keyof typeof DEFAULT_RANGES;
type RangeSettings = NetworkSettings & LocationSettings & NodePoolSettings;

/** Addresses of a subnet that Google keeps for itself: https://cloud.google.com/vpc/docs/subnets#unusable-ip-addresses-in-every-subnet */
const RESERVED = 4;
/** Addresses that a node takes for its pods: https://cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr */
const PODS_PER_NODE = 256;

/** What is wrong with the ranges of the network, one by one and together. */
export function rangeProblems(settings: RangeSettings): readonly Problem[] {
  const ranges = new Map<RangeKey, Range>();
  const found: Problem[] = [];
  for (const key of Object.keys(DEFAULT_RANGES) as RangeKey[]) {
    const range = parseCidr(cidrOf(settings, key));
    if (range) ranges.set(key, range);
    else
      found.push({ path: [key], message: `"${cidrOf(settings, key)}" is no range: ${WRITE_CIDR}` });
  }
  return [...found, ...overlaps(settings, ranges), ...sizes(settings, ranges)];
}

/** How to write a range. */
export const WRITE_CIDR = "use CIDR notation with its first address, such as 10.0.0.0/22";

function cidrOf(settings: RangeSettings, key: RangeKey): string {
  return settings[key] ?? DEFAULT_RANGES[key];
}

function overlaps(settings: RangeSettings, ranges: ReadonlyMap<RangeKey, Range>): Problem[] {
  const entries = [...ranges];
  return entries.flatMap(([key, range], index) =>
    entries
      .slice(index + 1)
      .filter(([, other]) => overlap(range, other))
      .map(([other]) => ({
        // At a range that the user wrote, where there is one.
        path: [settings[other] === undefined ? key : other],
        message: `"${cidrOf(settings, key)}" (${key}) and "${cidrOf(settings, other)}" (${other}) overlap: move one of them`,
      })),
  );
}

function sizes(settings: RangeSettings, ranges: ReadonlyMap<RangeKey, Range>): Problem[] {
  const nodes = isAutopilot(settings) ? 1 : poolSize(settings).maxNodes + surge(settings).maxSurge;
  const room = (key: RangeKey, needed: number, what: string) => {
    const range = ranges.get(key);
    if (!range || range.last - range.first + 1 >= needed) return [];
    return problem(
      [key],
      `"${cidrOf(settings, key)}" has no room for ${what}: use a range of ${needed} addresses or more, or set maxNodes lower`,
    );
  };
  const controlPlane = ranges.get("controlPlaneRange");
  return [
    ...room("nodesRange", nodes + RESERVED, `${nodes} nodes`),
    ...room("podsRange", nodes * PODS_PER_NODE, `the pods of ${nodes} nodes`),
    ...problem(
      ["controlPlaneRange"],
      controlPlane && controlPlane.prefix !== 28
        ? `"${cidrOf(settings, "controlPlaneRange")}" is a /${controlPlane.prefix}: use a /28`
        : undefined,
    ),
  ];
}

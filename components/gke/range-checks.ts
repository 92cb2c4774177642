import { overlap, parseCidr } from "../../validation/cidr";
import type { Problem } from "../../validation/problem";
import { got } from "../../validation/show";
import { networkSettings, type NetworkRanges } from "./network-settings";

type RangeKey = keyof NetworkRanges;

const KEYS = Object.keys(networkSettings) as RangeKey[];

/** Every pair of ranges, to be checked with {@link checkOverlap}. */
export const RANGE_PAIRS: readonly (readonly [RangeKey, RangeKey])[] = KEYS.flatMap((one, index) =>
  KEYS.slice(index + 1).map((other): readonly [RangeKey, RangeKey] => [one, other]),
);

/** Refuses two ranges that share addresses. */
export function checkOverlap(one: RangeKey, other: RangeKey) {
  return (ranges: Pick<NetworkRanges, RangeKey>): readonly Problem[] => {
    const first = parseCidr(ranges[one] ?? "");
    const second = parseCidr(ranges[other] ?? "");
    if (!first || !second || !overlap(first, second)) return [];
    // If one of them is a default, the user wrote the other one.
    const isDefault = ranges[other] === networkSettings[other].parse(undefined);
    const [key, against] = isDefault ? [one, other] : [other, one];
    const message = `must not overlap ${against}, ${ranges[against] ?? ""} ${got(ranges[key])}: move one of them`;
    return [{ path: [key], message }];
  };
}

/**
 * Addresses that Google reserves in a subnet.
 *
 * @see https://cloud.google.com/vpc/docs/subnets#unusable-ip-addresses-in-every-subnet
 */
const RESERVED = 4;
/**
 * Addresses that a node takes for its pods.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr
 */
const PODS_PER_NODE = 256;

/** Refuses a range of nodes that is too small for `nodes` nodes. */
export function checkNodesRange(range: string, nodes: number): readonly Problem[] {
  return checkSize("nodesRange", range, nodes + RESERVED, count(nodes));
}

/** Refuses a range of pods that is too small for `nodes` nodes. */
export function checkPodsRange(range: string, nodes: number): readonly Problem[] {
  return checkSize("podsRange", range, nodes * PODS_PER_NODE, `the pods of ${count(nodes)}`);
}

function checkSize(key: RangeKey, cidr: string, min: number, purpose: string): readonly Problem[] {
  const range = parseCidr(cidr);
  if (!range || range.last - range.first + 1 >= min) return [];
  const message = `must have at least ${min} addresses, for ${purpose} ${got(cidr)}: use a larger range`;
  return [{ path: [key], message }];
}

function count(nodes: number): string {
  return nodes === 1 ? "one node" : `${nodes} nodes`;
}

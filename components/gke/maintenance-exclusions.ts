import type * as gcp from "@pulumi/gcp";

import { type Problem, problem } from "./problem";

/** A time in which Google does not upgrade the cluster. */
export interface MaintenanceExclusion {
  /** Its name, which no other of the cluster has. */
  readonly name: string;
  /** When it starts (UTC, such as `2026-12-01T00:00:00Z`). */
  readonly start: string;
  /**
   * When it ends, likewise. Needed with `NO_UPGRADES`.
   *
   * @default when Google's support of the cluster's minor version ends
   */
  readonly end?: string;
  /** What is held back: everything, minor versions, or minor versions and whatever touches nodes. */
  readonly scope: MaintenanceExclusionScope;
}

export type MaintenanceExclusionScope =
  "NO_UPGRADES" | "NO_MINOR_UPGRADES" | "NO_MINOR_OR_NODE_UPGRADES";

type Exclusion = gcp.types.input.container.ClusterMaintenancePolicyMaintenanceExclusion;

/** The exclusions as Google's API has them. */
export function maintenanceExclusions(exclusions: readonly MaintenanceExclusion[]): Exclusion[] {
  return exclusions.map(({ name, start, end, scope }) => ({
    exclusionName: name,
    startTime: start,
    ...(end === undefined
      ? { exclusionOptions: { scope, endTimeBehavior: "UNTIL_END_OF_SUPPORT" } }
      : { endTime: end, exclusionOptions: { scope } }),
  }));
}

/** What Google would refuse in them, and what to do about it. */
export function maintenanceExclusionProblems(
  exclusions: readonly MaintenanceExclusion[],
): readonly Problem[] {
  const names = exclusions.map(({ name }) => name);
  return exclusions.flatMap(({ name, start, end, scope }, index) => {
    const at = (key: string, message: string | undefined) =>
      problem(["maintenanceExclusions", index, key], message);
    return [
      ...at(
        "name",
        names.indexOf(name) === index
          ? nameless(name)
          : `"${name}" is there twice: give each its own name`,
      ),
      ...at("start", timeless(start)),
      ...at("end", end === undefined ? endless(scope) : (timeless(end) ?? backwards(start, end))),
    ];
  });
}

const TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

function nameless(name: string): string | undefined {
  return name === "" ? '"" is no name: give it one that says why' : undefined;
}

function timeless(time: string): string | undefined {
  return TIME.test(time)
    ? undefined
    : `"${time}" is no time: use UTC in the form 2026-12-01T00:00:00Z, in quotation marks`;
}

function endless(scope: MaintenanceExclusionScope): string | undefined {
  return scope === "NO_UPGRADES"
    ? "is missing: NO_UPGRADES cannot last until support ends, set an end or use NO_MINOR_UPGRADES"
    : undefined;
}

function backwards(start: string, end: string): string | undefined {
  // In this form the order of texts is that of times.
  return end <= start ? `"${end}" is not after the start, ${start}: set a later one` : undefined;
}

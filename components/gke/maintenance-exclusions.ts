import type * as gcp from "@pulumi/gcp";
import { z } from "zod";

import { nonEmpty, oneOf, string } from "../../validation/fields";
import type { Problem } from "../../validation/problem";
import { DESPITE_WRONG_KEYS, relations } from "../../validation/relations";
import { got } from "../../validation/show";

const TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

const time = string(
  (value) => TIME.test(value),
  "a time in UTC",
  "use the form 2026-12-01T00:00:00Z, in quotation marks",
);

/** A period in which Google does not upgrade the cluster. */
export const maintenanceExclusion = z
  .strictObject({
    /** Name, unique in the cluster. */
    name: nonEmpty,
    /** Start (UTC, such as `2026-12-01T00:00:00Z`). */
    start: time,
    /**
     * End, in the same form. Required with `NO_UPGRADES`.
     *
     * @default the end of Google's support for the cluster's minor version
     */
    end: time.optional(),
    /** What Google does not upgrade: anything, minor versions, or minor versions and nodes. */
    scope: oneOf("NO_UPGRADES", "NO_MINOR_UPGRADES", "NO_MINOR_OR_NODE_UPGRADES"),
  })
  .superRefine((exclusion, context) => {
    const between = relations(exclusion, context);
    between(["start", "end"], checkOrder);
    between(["end", "scope"], checkEndIsSet);
  }, DESPITE_WRONG_KEYS);

type Exclusion = z.output<typeof maintenanceExclusion>;

/** The exclusions as Google's API expects them. */
export function maintenanceExclusions(
  exclusions: readonly Exclusion[],
): gcp.types.input.container.ClusterMaintenancePolicyMaintenanceExclusion[] {
  return exclusions.map(({ name, start, end, scope }) => ({
    exclusionName: name,
    startTime: start,
    ...(end === undefined
      ? { exclusionOptions: { scope, endTimeBehavior: "UNTIL_END_OF_SUPPORT" } }
      : { endTime: end, exclusionOptions: { scope } }),
  }));
}

interface Period {
  readonly start: string;
  readonly end?: string | undefined;
}

function checkOrder({ start, end }: Period): readonly Problem[] {
  // In this form, times sort as strings.
  if (end === undefined || end > start) return [];
  return [{ path: ["end"], message: `must be after the start, ${start} ${got(end)}` }];
}

interface Limit {
  readonly end?: string | undefined;
  readonly scope: string;
}

function checkEndIsSet({ end, scope }: Limit): readonly Problem[] {
  if (end !== undefined || scope !== "NO_UPGRADES") return [];
  const message =
    'must be set with scope "NO_UPGRADES": set an end, or use NO_MINOR_UPGRADES, which can last until support ends';
  return [{ path: ["end"], message }];
}

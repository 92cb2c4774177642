import type * as gcp from "@pulumi/gcp";
import { z } from "zod";

import { integer, oneOf, string, unique } from "../../validation/fields";
import { report } from "../../validation/issues";

/** Hours in which Google requires to be able to work on a cluster, in any 32 days. */
const MIN_HOURS = 48;
/** How often each day of the week occurs in 32 days, at least. */
const WEEKS = 4;

const timeOfDay = string(
  (value) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value),
  "a time of day",
  "use the form HH:MM, such as 01:00",
);

/** When Google may upgrade the cluster. */
export const maintenanceWindow = z
  .strictObject({
    /** Days of the week, such as `["SA", "SU"]`. */
    days: z
      .array(oneOf("MO", "TU", "WE", "TH", "FR", "SA", "SU"))
      .readonly()
      .superRefine(unique),
    /** Start time (UTC, such as `01:00`). */
    start: timeOfDay,
    /** Length in hours, from 4 to 24. Google requires 48 hours in any 32 days. */
    hours: integer(4, 24),
  })
  .superRefine(({ days, hours }, context) => {
    const available = WEEKS * days.length * hours;
    if (available >= MIN_HOURS) return;
    report(context, {
      path: [],
      message:
        `must have at least ${MIN_HOURS} hours in 32 days (got ${available}: ${days.length} × ${hours} hours a week): ` +
        "add days or hours",
    });
  });

/** The window as Google's API expects it. */
export function recurringWindow({
  days,
  start,
  hours,
}: z.output<
  typeof maintenanceWindow
>): gcp.types.input.container.ClusterMaintenancePolicyRecurringWindow {
  const [hour = 0, minute = 0] = start.split(":").map(Number);
  const from = hour * 60 + minute;
  return {
    startTime: timestamp(from),
    endTime: timestamp(from + hours * 60),
    recurrence: `FREQ=WEEKLY;BYDAY=${days.join(",")}`,
  };
}

const MINUTES_PER_DAY = 24 * 60;

/** A time on or after a fixed Saturday in the past. Google uses only the time of day and the length of the window. */
function timestamp(minutes: number): string {
  const day = 3 + Math.floor(minutes / MINUTES_PER_DAY);
  const hour = Math.floor((minutes % MINUTES_PER_DAY) / 60);
  return `2026-01-${twoDigits(day)}T${twoDigits(hour)}:${twoDigits(minutes % 60)}:00Z`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

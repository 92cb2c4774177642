import type * as gcp from "@pulumi/gcp";

import { type MaintenanceExclusion, maintenanceExclusions } from "./maintenance-exclusions";

/** When the cluster may be worked on. */
export interface MaintenanceWindow {
  /** Days of the week, such as `["SA", "SU"]`. */
  readonly days: readonly Weekday[];
  /** When it starts (UTC, such as `01:00`). */
  readonly start: string;
  /** How long it lasts (hours), from 4 to 24. Google asks for 48 hours in any 32 days. */
  readonly hours: number;
}

export type Weekday = "MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU";

/** How the cluster stays up to date. */
export interface UpgradeSettings {
  /**
   * Release channel, which upgrades control plane and nodes by itself.
   *
   * @default "REGULAR"
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/release-channels (CIS GKE 1.4: 5.5.4)
   */
  readonly releaseChannel?: "RAPID" | "REGULAR" | "STABLE" | "EXTENDED";
  /**
   * When upgrades may happen.
   *
   * @default Saturdays and Sundays, 01:00 to 09:00 UTC
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions
   */
  readonly maintenanceWindow?: MaintenanceWindow;
  /**
   * Times in which it is not upgraded, such as a freeze before a holiday. Google overrides them for severe vulnerabilities.
   *
   * @default none
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions#exclusions
   */
  readonly maintenanceExclusions?: readonly MaintenanceExclusion[];
}

const WEEKENDS: MaintenanceWindow = { days: ["SA", "SU"], start: "01:00", hours: 8 };

/** The cluster's part of {@link UpgradeSettings}. */
export function upgrades(
  settings: UpgradeSettings,
): Pick<gcp.container.ClusterArgs, "releaseChannel" | "maintenancePolicy"> {
  const { days, start, hours } = settings.maintenanceWindow ?? WEEKENDS;
  const exclusions = maintenanceExclusions(settings.maintenanceExclusions ?? []);
  const from = minutes(start) ?? 0;
  return {
    releaseChannel: { channel: settings.releaseChannel ?? "REGULAR" },
    maintenancePolicy: {
      recurringWindow: {
        startTime: firstWeekend(from),
        endTime: firstWeekend(from + hours * 60),
        recurrence: `FREQ=WEEKLY;BYDAY=${days.join(",")}`,
      },
      ...(exclusions.length > 0 && { maintenanceExclusions: exclusions }),
    },
  };
}

const DAY = 24 * 60;

/** The time, so many minutes into a Saturday that lies behind us; only its time of day and the length count. */
function firstWeekend(offset: number): string {
  const day = 3 + Math.floor(offset / DAY);
  const hour = Math.floor((offset % DAY) / 60);
  return `2026-01-${two(day)}T${two(hour)}:${two(offset % 60)}:00Z`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Minutes since midnight, or undefined where it is no time of day. */
function minutes(time: string): number | undefined {
  const [hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time)?.slice(1).map(Number) ?? [];
  return hour === undefined || minute === undefined ? undefined : hour * 60 + minute;
}

/** What Google would refuse in a maintenance window, and what to do about it. */
export function maintenanceWindowProblem(window: MaintenanceWindow): string | undefined {
  const { days, start, hours } = window;
  if (minutes(start) === undefined) return `"${start}" is no start: use a time such as 01:00`;
  if (!Number.isInteger(hours) || hours < 4 || hours > 24) {
    return `${hours} hours is no length: use a whole number from 4 to 24`;
  }
  // Any 32 days have each day of the week at least four times.
  const available = 4 * new Set(days).size * hours;
  return available < 48
    ? `${days.length} days of ${hours} hours give ${available} hours in 32 days, and Google asks for 48: add days, or hours`
    : undefined;
}

import type * as gcp from "@pulumi/gcp";

/** When the cluster may be worked on. */
export interface MaintenanceWindow {
  /** Start of the first window (RFC 3339, such as `2026-01-03T01:00:00Z`). */
  readonly start: string;
  /** End of the first window; at least 4 hours after its start. */
  readonly end: string;
  /** How it recurs (RFC 5545, `FREQ=DAILY` or `FREQ=WEEKLY;BYDAY=…`); at least 48 hours in any 32 days. */
  readonly recurrence: string;
}

/** How the cluster stays up to date. */
export interface UpgradeSettings {
  /**
   * Release channel, which upgrades control plane and nodes by itself.
   *
   * @default "REGULAR"
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/release-channels (CIS GKE benchmark 5.5.4)
   */
  readonly releaseChannel?: "RAPID" | "REGULAR" | "STABLE" | "EXTENDED";
  /**
   * When upgrades may happen.
   *
   * @default Saturdays and Sundays, 01:00 to 09:00 UTC
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions
   */
  readonly maintenanceWindow?: MaintenanceWindow;
}

const WEEKENDS: MaintenanceWindow = {
  start: "2026-01-03T01:00:00Z",
  end: "2026-01-03T09:00:00Z",
  recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
};

/** The cluster's part of {@link UpgradeSettings}. */
export function upgrades(
  settings: UpgradeSettings,
): Pick<gcp.container.ClusterArgs, "releaseChannel" | "maintenancePolicy"> {
  const { start, end, recurrence } = settings.maintenanceWindow ?? WEEKENDS;
  return {
    releaseChannel: { channel: settings.releaseChannel ?? "REGULAR" },
    maintenancePolicy: { recurringWindow: { startTime: start, endTime: end, recurrence } },
  };
}

const HOUR = 3_600_000;

/** What Google would refuse in a maintenance window, and what to do about it. */
export function maintenanceWindowProblem(window: MaintenanceWindow): string | undefined {
  const hours = (instant(window.end) - instant(window.start)) / HOUR;
  if (Number.isNaN(hours)) {
    return `"${window.start}" to "${window.end}" is no window: write both times as 2026-01-03T01:00:00Z`;
  }
  if (hours < 4 || hours > 24) {
    return `"${window.start}" to "${window.end}" lasts ${hours} hours: let it last between 4 and 24`;
  }
  const days = daysIn32(window.recurrence);
  if (days === undefined) {
    return `"${window.recurrence}" is no recurrence: use FREQ=DAILY, or FREQ=WEEKLY;BYDAY= and days such as SA,SU`;
  }
  if (days * hours < 48) {
    return `"${window.recurrence}" leaves ${days * hours} hours in 32 days, and Google asks for 48: add days, or hours`;
  }
  return undefined;
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;

function instant(time: string): number {
  return RFC3339.test(time) ? globalThis.Date.parse(time) : NaN;
}

/** On how many of 32 days, at the least, a window opens. */
function daysIn32(recurrence: string): number | undefined {
  if (recurrence === "FREQ=DAILY") return 32;
  const days = /^FREQ=WEEKLY;BYDAY=((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*)$/.exec(
    recurrence,
  )?.[1];
  return days === undefined ? undefined : 4 * new Set(days.split(",")).size;
}

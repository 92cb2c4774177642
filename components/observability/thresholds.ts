import { earlyRenewalHours } from "../pki/lifetimes";

/** How much of a certificate's life is left when someone must be told, in seconds. */
export interface ExpiryThresholds {
  /** The renewal is overdue: a quarter of the time in which it is due has gone by without it. */
  readonly overdueSeconds: number;
  /** A quarter of that time is left. */
  readonly soonSeconds: number;
}

const SECONDS_PER_HOUR = 3_600;

/**
 * When to warn of a certificate that lives `validityHours`. A renewal is due from {@link earlyRenewalHours} before the
 * end, so that an alert before that would tell of nothing wrong. For 90 days: after 22.5 and after 7.5 days.
 */
export function expiryThresholds(validityHours: number): ExpiryThresholds {
  const due = earlyRenewalHours(validityHours) * SECONDS_PER_HOUR;
  return { overdueSeconds: Math.floor(due * 0.75), soonSeconds: Math.floor(due * 0.25) };
}

import { earlyRenewalHours } from "../pki/lifetimes";

/** How long before a certificate expires an alert fires, in seconds. */
export interface ExpiryThresholds {
  /** The renewal is overdue: a quarter of the renewal period has passed without it. */
  readonly overdueSeconds: number;
  /** Only a quarter of the renewal period is left. */
  readonly soonSeconds: number;
}

const SECONDS_PER_HOUR = 3_600;

/**
 * When alerts fire for a certificate that is valid for `validityHours`. The renewal period is the last
 * {@link earlyRenewalHours} of the validity; before it, nothing is wrong. A certificate of 90 days is overdue 22.5 days
 * before it expires, and expires soon from 7.5 days on.
 */
export function expiryThresholds(validityHours: number): ExpiryThresholds {
  const renewalSeconds = earlyRenewalHours(validityHours) * SECONDS_PER_HOUR;
  return {
    overdueSeconds: Math.floor(renewalSeconds * 0.75),
    soonSeconds: Math.floor(renewalSeconds * 0.25),
  };
}

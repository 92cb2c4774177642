import { earlyRenewalHours } from "../../components/pki/lifetimes";
import { expiryThresholds } from "../../components/observability/thresholds";

const HOUR_MS = 3_600_000;

/**
 * Where a certificate is in its life: the next `pulumi up` keeps it (`valid`) or renews it (`due`); no update has renewed it
 * for a quarter of the time in which one should (`overdue`); or it is no longer valid (`expired`).
 */
export type RenewalState = "valid" | "due" | "overdue" | "expired";

/** When a certificate is renewed. */
export interface Renewal {
  readonly state: RenewalState;
  /** The first `pulumi up` from this time on renews the certificate. */
  readonly from: Date;
}

/** When the program renews a certificate, from its validity only. The limits are those of the alerts. */
export function renewalOf(
  { notBefore, notAfter }: { readonly notBefore: Date; readonly notAfter: Date },
  now: Date,
): Renewal {
  const validityHours = (notAfter.getTime() - notBefore.getTime()) / HOUR_MS;
  const leftMs = notAfter.getTime() - now.getTime();
  const renewalMs = earlyRenewalHours(validityHours) * HOUR_MS;
  return {
    state: stateOf(leftMs, renewalMs, expiryThresholds(validityHours).overdueSeconds * 1000),
    from: new Date(notAfter.getTime() - renewalMs),
  };
}

function stateOf(leftMs: number, renewalMs: number, overdueMs: number): RenewalState {
  if (leftMs <= 0) return "expired";
  if (leftMs < overdueMs) return "overdue";
  return leftMs < renewalMs ? "due" : "valid";
}

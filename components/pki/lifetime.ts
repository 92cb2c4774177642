/** Days and years do not occur in Pulumi's tls provider: everything is hours. */
export interface CertificateLifetimes {
  /** Life of the root, in hours. @default 87600 (10 years) */
  readonly rootHours: number;
  /** Life of an intermediate, in hours. @default 8760 (a year) */
  readonly intermediateHours: number;
  /** Life of a gateway's leaf, in hours. @default 2160 (90 days) */
  readonly leafHours: number;
}

/** Lives where nothing else is said. */
export const DEFAULT_LIFETIMES: CertificateLifetimes = {
  rootHours: 87_600,
  intermediateHours: 8_760,
  leafHours: 2_160,
};

/**
 * When a certificate is renewed: once a third of its life is left, the next `pulumi up` replaces it.
 *
 * Since an issuer always has more than a third of its life left after an `up`, a child whose whole life is no
 * longer than that third expires before its issuer, whenever it is issued. {@link lifetimeProblem} holds it.
 */
export function earlyRenewalHours(validityHours: number): number {
  return Math.floor(validityHours / 3);
}

/** What is wrong with the lifetimes, or nothing. */
export function lifetimeProblem(lifetimes: CertificateLifetimes): string | undefined {
  const { rootHours, intermediateHours, leafHours } = lifetimes;
  return (
    outlives("intermediateHours", intermediateHours, "rootHours", rootHours) ??
    outlives("leafHours", leafHours, "intermediateHours", intermediateHours)
  );
}

function outlives(child: string, childHours: number, issuer: string, issuerHours: number) {
  const most = earlyRenewalHours(issuerHours);
  return childHours <= most
    ? undefined
    : `${child} is ${childHours}, but a certificate must expire before its issuer, which may have only a third ` +
        `of ${issuer} (${issuerHours}) left: make ${child} at most ${most}, or ${issuer} longer`;
}

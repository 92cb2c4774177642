import { z } from "zod";

import { lifetimeHours, MIN_LEAF_HOURS } from "../../validation/fields";
import { report } from "../../validation/issues";

/** How long certificates are valid. Pulumi's tls provider counts in hours. */
export const certificateLifetimes = z
  .strictObject({
    /**
     * Validity of the root, in hours. At least 27.
     *
     * @default 87600 (10 years)
     */
    rootHours: lifetimeHours(9 * MIN_LEAF_HOURS).default(87_600),
    /**
     * Validity of an intermediate CA, in hours. At least 9, and at most a third of `rootHours`.
     *
     * @default 8760 (1 year)
     */
    intermediateHours: lifetimeHours(3 * MIN_LEAF_HOURS).default(8_760),
    /**
     * Validity of a gateway's leaf, in hours. At least 3, and at most a third of `intermediateHours`.
     *
     * @default 2160 (90 days)
     */
    leafHours: lifetimeHours(MIN_LEAF_HOURS).default(2_160),
  })
  .superRefine(({ rootHours, intermediateHours, leafHours }, context) => {
    for (const [child, childHours, issuer, issuerHours] of [
      ["intermediateHours", intermediateHours, "rootHours", rootHours],
      ["leafHours", leafHours, "intermediateHours", intermediateHours],
    ] as const) {
      const max = earlyRenewalHours(issuerHours);
      if (childHours <= max) continue;
      report(context, {
        path: [child],
        message:
          `must be at most ${max}, a third of ${issuer} (got ${childHours}): a certificate must expire before its ` +
          `issuer, which may be near its renewal. Lower ${child} or raise ${issuer}`,
      });
    }
  });

/** How long certificates are valid, with the defaults filled in. */
export type CertificateLifetimes = Readonly<z.output<typeof certificateLifetimes>>;

/**
 * When a certificate is renewed: the first `pulumi up` in the last third of its validity replaces it.
 *
 * After an `up`, an issuer has more than a third of its validity left. So a child that is valid for no longer than that
 * third expires before its issuer, whenever it is issued. {@link certificateLifetimes} enforces this.
 */
export function earlyRenewalHours(validityHours: number): number {
  return Math.floor(validityHours / 3);
}

import { intermediate, leaf, root } from "../examples/certificates";
import { read } from "../read";
import type { Rule } from "../rule";
import { LOCALLY_SIGNED, SELF_SIGNED } from "../types";

/**
 * A certificate is renewed some time before it expires. A renewal at expiry causes an outage. A renewal period as long
 * as the validity replaces the certificate on every update.
 */
export const certEarlyRenewal: Rule = {
  name: "cert-early-renewal",
  description: "A certificate is renewed before it expires, but not on every update.",
  url: "https://www.pulumi.com/registry/packages/tls/api-docs/locallysignedcert/#earlyrenewalhours_nodejs",
  level: "mandatory",
  types: [LOCALLY_SIGNED, SELF_SIGNED],
  *problems({ props }) {
    const early = read(props, "earlyRenewalHours") ?? 0;
    const validity = read(props, "validityPeriodHours");
    if (early === 0)
      yield "earlyRenewalHours must be at least 1 (got 0, the default): otherwise the certificate is renewed only after it has expired.";
    else if (typeof early === "number" && typeof validity === "number" && early >= validity)
      yield `earlyRenewalHours must be less than validityPeriodHours, ${validity} (got ${early}): otherwise every update replaces the certificate.`;
  },
  examples: {
    passes: { "a root": root(), "an intermediate": intermediate(), "a leaf": leaf() },
    fails: {
      "renewed never, by default": leaf({ earlyRenewalHours: undefined }),
      "renewed never": root({ earlyRenewalHours: 0 }),
      "renewed on every update": intermediate({ earlyRenewalHours: 8_760 }),
    },
  },
};

import { intermediate, leaf, root } from "../examples/certificates";
import { read } from "../read";
import type { Rule } from "../rule";
import { LOCALLY_SIGNED, SELF_SIGNED } from "../types";

/**
 * A certificate is renewed some time before it expires, and not at once: renewal at expiry is an outage, and one as
 * early as the whole life replaces the certificate at every `up`.
 */
export const certEarlyRenewal: Rule = {
  name: "cert-early-renewal",
  description: "A certificate is renewed before it expires, and not at every update.",
  url: "https://www.pulumi.com/registry/packages/tls/api-docs/locallysignedcert/#earlyrenewalhours_nodejs",
  level: "mandatory",
  types: [LOCALLY_SIGNED, SELF_SIGNED],
  *problems({ props }) {
    const early = read(props, "earlyRenewalHours") ?? 0;
    const life = read(props, "validityPeriodHours");
    if (early === 0) yield "It is renewed once it has expired: set earlyRenewalHours.";
    else if (typeof early === "number" && typeof life === "number" && early >= life)
      yield `It is renewed at every update: make earlyRenewalHours less than its life of ${life} hours.`;
  },
  examples: {
    passes: { "a root": root(), "an intermediate": intermediate(), "a leaf": leaf() },
    fails: {
      never: leaf({ earlyRenewalHours: undefined }),
      "never, said aloud": root({ earlyRenewalHours: 0 }),
      always: intermediate({ earlyRenewalHours: 8_760 }),
    },
  },
};

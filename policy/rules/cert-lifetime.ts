import { intermediate, leaf, root } from "../examples/certificates";
import { read, UNKNOWN } from "../read";
import type { Resource, Rule } from "../rule";
import { LOCALLY_SIGNED, SELF_SIGNED } from "../types";

/**
 * The validity of certificates is limited. So a leaked key, or a client that is no longer admitted, is not a risk for
 * longer than that. The default limits are the program's default lifetimes.
 */
export const certLifetime: Rule = {
  name: "cert-lifetime",
  description: "Certificates are valid for a limited time.",
  url: "https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final",
  level: "mandatory",
  limits: { rootHours: 87_600, intermediateHours: 8_760, leafHours: 2_160 },
  types: [LOCALLY_SIGNED, SELF_SIGNED],
  *problems(resource, limits) {
    const limit = limitFor(resource);
    const max = limits[limit ?? ""];
    const hours = read(resource.props, "validityPeriodHours");
    if (limit !== undefined && max !== undefined && typeof hours === "number" && hours > max)
      yield `validityPeriodHours must be at most ${max} (got ${hours}): lower certificates.${limit} in the stack's configuration, or raise ${limit} in the rule's configuration.`;
  },
  examples: {
    passes: {
      "a root for 10 years": root(),
      "an intermediate for 1 year": intermediate(),
      "a leaf for 90 days": leaf(),
    },
    fails: {
      "a root for 20 years": root({ validityPeriodHours: 175_200 }),
      "an intermediate for 2 years": intermediate({ validityPeriodHours: 17_520 }),
      "a leaf for 1 year": leaf({ validityPeriodHours: 8_760 }),
    },
  },
};

/** Name of the limit for a certificate. Undefined while a preview does not know whether it is a CA. */
function limitFor({ type, props }: Resource): string | undefined {
  if (type === SELF_SIGNED) return "rootHours";
  const isCa = read(props, "isCaCertificate");
  if (isCa === UNKNOWN) return undefined;
  return isCa === true ? "intermediateHours" : "leafHours";
}

import { intermediate, leaf, root } from "../examples/certificates";
import { read, UNKNOWN } from "../read";
import type { Resource, Rule } from "../rule";
import { LOCALLY_SIGNED, SELF_SIGNED } from "../types";

/**
 * No certificate lives longer than the limits, which are the program's own defaults: how long a key that leaked, or a
 * client that was let go, is of use at most.
 */
export const certLifetime: Rule = {
  name: "cert-lifetime",
  description: "No certificate lives longer than its kind may.",
  url: "https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final",
  level: "mandatory",
  limits: { rootHours: 87_600, intermediateHours: 8_760, leafHours: 2_160 },
  types: [LOCALLY_SIGNED, SELF_SIGNED],
  *problems(resource, limits) {
    const kind = kindOf(resource);
    const most = limits[kind ?? ""];
    const hours = read(resource.props, "validityPeriodHours");
    if (kind !== undefined && most !== undefined && typeof hours === "number" && hours > most)
      yield `It lives ${hours} hours, and may live ${most}: shorten ${kind} of the program's certificates, or raise ${kind} of this rule.`;
  },
  examples: {
    passes: {
      "a root of ten years": root(),
      "an intermediate of a year": intermediate(),
      "a leaf of 90 days": leaf(),
    },
    fails: {
      "a root of twenty years": root({ validityPeriodHours: 175_200 }),
      "an intermediate of two years": intermediate({ validityPeriodHours: 17_520 }),
      "a leaf of a year": leaf({ validityPeriodHours: 8_760 }),
    },
  },
};

function kindOf({ type, props }: Resource): string | undefined {
  if (type === SELF_SIGNED) return "rootHours";
  const isCa = read(props, "isCaCertificate");
  if (isCa === UNKNOWN) return undefined;
  return isCa === true ? "intermediateHours" : "leafHours";
}

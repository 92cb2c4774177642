import { intermediate, leaf, root } from "../examples/certificates";
import { items, read, UNKNOWN } from "../read";
import type { Rule } from "../rule";
import { LOCALLY_SIGNED, SELF_SIGNED } from "../types";

const SIGNS = ["cert_signing", "crl_signing"];

/**
 * A CA signs certificates and revocation lists, and is good for nothing else: its key then never meets a handshake.
 */
export const certCaUsages: Rule = {
  name: "cert-ca-usages",
  description: "A CA signs certificates and revocation lists, and nothing else.",
  url: "https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.3",
  level: "mandatory",
  types: [LOCALLY_SIGNED, SELF_SIGNED],
  *problems({ props }) {
    if (read(props, "isCaCertificate") !== true) return;
    const uses = items(props, "allowedUses");
    if (read(props, "allowedUses") === UNKNOWN || uses.includes(UNKNOWN)) return;
    const missing = SIGNS.filter((use) => !uses.includes(use));
    const others = uses.filter((use) => !SIGNS.includes(String(use)));
    if (missing.length + others.length > 0)
      yield `The CA may ${uses.join(", ") || "do nothing"}: set allowedUses to ${SIGNS.join(" and ")} alone.`;
  },
  examples: {
    passes: {
      "a root": root(),
      "an intermediate": intermediate(),
      "a leaf, which is none": leaf(),
    },
    fails: {
      "a CA that serves": intermediate({ allowedUses: [...SIGNS, "server_auth"] }),
      "a root that serves": root({ allowedUses: [...SIGNS, "server_auth"] }),
      "a CA that cannot revoke": intermediate({ allowedUses: ["cert_signing"] }),
    },
  },
};

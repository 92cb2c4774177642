import { allowedUses } from "../allowed-uses";
import { intermediate, leaf, root } from "../examples/certificates";
import { read } from "../read";
import type { Rule } from "../rule";
import { LOCALLY_SIGNED, SELF_SIGNED } from "../types";

const SIGNING = ["cert_signing", "crl_signing"];

/** A CA signs certificates and revocation lists, and nothing else. So its key is never used in a TLS handshake. */
export const certCaUsages: Rule = {
  name: "cert-ca-usages",
  description: "A CA signs only certificates and revocation lists.",
  url: "https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.3",
  level: "mandatory",
  types: [LOCALLY_SIGNED, SELF_SIGNED],
  *problems({ props }) {
    if (read(props, "isCaCertificate") !== true) return;
    const uses = allowedUses(props);
    if (uses === undefined) return;
    const missing = SIGNING.filter((use) => !uses.includes(use));
    const others = uses.filter((use) => !SIGNING.includes(use));
    if (missing.length + others.length > 0)
      yield `allowedUses must be ${SIGNING.join(" and ")} (got ${uses.join(", ") || "none"}): a CA's key must not be used in TLS handshakes.`;
  },
  examples: {
    passes: {
      "a root": root(),
      "an intermediate": intermediate(),
      "a leaf": leaf(),
    },
    fails: {
      "a CA for servers": intermediate({ allowedUses: [...SIGNING, "server_auth"] }),
      "a root for servers": root({ allowedUses: [...SIGNING, "server_auth"] }),
      "a CA that cannot revoke": intermediate({ allowedUses: ["cert_signing"] }),
    },
  },
};

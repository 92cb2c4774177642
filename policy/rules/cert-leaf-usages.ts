import { allowedUses } from "../allowed-uses";
import { intermediate, leaf } from "../examples/certificates";
import { mayBe, read } from "../read";
import type { Rule } from "../rule";
import { LOCALLY_SIGNED } from "../types";

/**
 * A gateway's certificate is for one end of a connection: a client's certificate is not valid for a server, and neither is
 * valid for a CA. So a stolen certificate cannot be used for anything else.
 */
export const certLeafUsages: Rule = {
  name: "cert-leaf-usages",
  description: "A leaf is valid for only one end of a connection.",
  url: "https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.12",
  level: "mandatory",
  types: [LOCALLY_SIGNED],
  *problems({ props }) {
    if (mayBe(read(props, "isCaCertificate"), true)) return;
    const uses = allowedUses(props);
    if (uses === undefined) return;
    const ends: readonly string[] = uses.filter(
      (use) => use === "client_auth" || use === "server_auth",
    );
    if (ends.length !== 1)
      yield `allowedUses must contain either client_auth or server_auth (got ${ends.join(" and ") || "neither"}): a leaf is for one end of a connection.`;
    const others = uses.filter((use) => !ends.includes(use) && use !== "digital_signature");
    if (others.length > 0)
      yield `allowedUses must not contain ${others.join(", ")}: besides client_auth or server_auth, an ECDSA handshake needs only digital_signature.`;
  },
  examples: {
    passes: {
      "a leaf for a client": leaf(),
      "a leaf for a server": leaf({ allowedUses: ["digital_signature", "server_auth"] }),
      "a CA": intermediate(),
    },
    fails: {
      "a leaf for both ends": leaf({
        allowedUses: ["digital_signature", "client_auth", "server_auth"],
      }),
      "a leaf for neither end": leaf({ allowedUses: ["digital_signature"] }),
      "a leaf that signs certificates": leaf({ allowedUses: ["client_auth", "cert_signing"] }),
    },
  },
};

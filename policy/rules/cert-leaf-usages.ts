import { intermediate, leaf } from "../examples/certificates";
import { is, items, read, UNKNOWN } from "../read";
import type { Rule } from "../rule";
import { LOCALLY_SIGNED } from "../types";

/**
 * A gateway's certificate signs handshakes at one end: a client's is no server's, and neither is a CA's. A stolen one
 * is then good for what it was made for alone.
 */
export const certLeafUsages: Rule = {
  name: "cert-leaf-usages",
  description: "A leaf is for one end of a connection.",
  url: "https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.12",
  level: "mandatory",
  types: [LOCALLY_SIGNED],
  *problems({ props }) {
    if (is(read(props, "isCaCertificate"), true)) return;
    const uses = items(props, "allowedUses");
    if (read(props, "allowedUses") === UNKNOWN || uses.includes(UNKNOWN)) return;
    const ends: unknown[] = uses.filter((use) => use === "client_auth" || use === "server_auth");
    if (ends.length !== 1)
      yield `The leaf is for ${ends.length} ends: set allowedUses to digital_signature and one of client_auth and server_auth.`;
    const others = uses.filter((use) => !ends.includes(use) && use !== "digital_signature");
    if (others.length > 0)
      yield `The leaf may ${others.join(", ")}: an ECDSA handshake needs digital_signature alone.`;
  },
  examples: {
    passes: {
      "a client's": leaf(),
      "a server's": leaf({ allowedUses: ["digital_signature", "server_auth"] }),
      "a CA, which is no leaf": intermediate(),
    },
    fails: {
      "both ends": leaf({ allowedUses: ["digital_signature", "client_auth", "server_auth"] }),
      "no end": leaf({ allowedUses: ["digital_signature"] }),
      "a leaf that signs certificates": leaf({ allowedUses: ["client_auth", "cert_signing"] }),
    },
  },
};

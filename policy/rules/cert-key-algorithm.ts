import { privateKey } from "../examples/certificates";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { PRIVATE_KEY } from "../types";

/**
 * Keys are ECDSA on P-256 or a longer curve: as strong as RSA of 3072 bits, and a handshake costs a fraction. Envoy
 * takes no Ed25519, and the provider's own default is P-224.
 */
export const certKeyAlgorithm: Rule = {
  name: "cert-key-algorithm",
  description: "Keys are ECDSA P-256 or better.",
  url: "https://www.pulumi.com/registry/packages/tls/api-docs/privatekey/",
  level: "mandatory",
  types: [PRIVATE_KEY],
  *problems({ props }) {
    if (!is(read(props, "algorithm"), "ECDSA"))
      yield "The key is not ECDSA: set algorithm to ECDSA.";
    else if (!is(read(props, "ecdsaCurve"), "P256", "P384", "P521"))
      yield "The curve is weaker than P-256: set ecdsaCurve to P256.";
  },
  examples: {
    passes: { "P-256": privateKey(), "P-384": privateKey({ ecdsaCurve: "P384" }) },
    fails: {
      RSA: privateKey({ algorithm: "RSA", rsaBits: 2048, ecdsaCurve: undefined }),
      Ed25519: privateKey({ algorithm: "ED25519", ecdsaCurve: undefined }),
      "P-224": privateKey({ ecdsaCurve: "P224" }),
      "the default curve": privateKey({ ecdsaCurve: undefined }),
    },
  },
};

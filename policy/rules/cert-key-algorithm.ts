import { privateKey } from "../examples/certificates";
import { checkProperty } from "../property";
import { mayBe, read } from "../read";
import type { Rule } from "../rule";
import { PRIVATE_KEY } from "../types";

/**
 * Keys are ECDSA on P-256 or a longer curve: as strong as RSA with 3072 bits, with much cheaper handshakes. Envoy does
 * not support Ed25519, and the provider's default curve is P-224.
 */
export const certKeyAlgorithm: Rule = {
  name: "cert-key-algorithm",
  description: "Keys are ECDSA on P-256 or a longer curve.",
  url: "https://www.pulumi.com/registry/packages/tls/api-docs/privatekey/",
  level: "mandatory",
  types: [PRIVATE_KEY],
  problems: ({ props }) =>
    mayBe(read(props, "algorithm"), "ECDSA")
      ? checkProperty(
          props,
          "ecdsaCurve",
          ["P256", "P384", "P521"],
          "the provider's default, P224, is too weak",
        )
      : checkProperty(
          props,
          "algorithm",
          ["ECDSA"],
          "RSA makes handshakes slow, and Envoy does not support Ed25519",
        ),
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

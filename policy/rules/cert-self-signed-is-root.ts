import { root } from "../examples/certificates";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { SELF_SIGNED } from "../types";

/** Only roots are self-signed. A self-signed leaf has no chain to a root, so peers could accept it only without checks. */
export const certSelfSignedIsRoot: Rule = {
  name: "cert-self-signed-is-root",
  description: "Only roots are self-signed.",
  url: "https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/",
  level: "mandatory",
  types: [SELF_SIGNED],
  problems: ({ props }) =>
    checkProperty(
      props,
      "isCaCertificate",
      [true],
      "a self-signed leaf has no chain to a root. Let an intermediate CA sign it, with a LocallySignedCert",
    ),
  examples: {
    passes: { "a root": root() },
    fails: {
      "a leaf": root({
        isCaCertificate: undefined,
        allowedUses: ["digital_signature", "server_auth"],
      }),
    },
  },
};

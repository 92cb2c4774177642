import { root } from "../examples/certificates";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { SELF_SIGNED } from "../types";

/** Only a root signs itself: a leaf that does is trusted by no chain, and tempts someone to switch the check off. */
export const certSelfSignedIsRoot: Rule = {
  name: "cert-self-signed-is-root",
  description: "Only a root is self-signed.",
  url: "https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/",
  level: "mandatory",
  types: [SELF_SIGNED],
  *problems({ props }) {
    if (!is(read(props, "isCaCertificate"), true))
      yield "A self-signed leaf chains to nothing: have an intermediate sign it, by a LocallySignedCert.";
  },
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

import { clientTls } from "../destination-tls";
import { istioObject, origination } from "../examples/istio";
import { read } from "../read";
import type { Rule } from "../rule";
import { DESTINATION_RULE } from "../types";

/** The server's certificate is verified: without that, whoever sits in between is the server. */
export const istioNoInsecureSkipVerify: Rule = {
  name: "istio-no-insecure-skip-verify",
  description: "A DestinationRule verifies the server's certificate.",
  url: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-insecure_skip_verify",
  level: "mandatory",
  types: DESTINATION_RULE,
  *problems({ props }) {
    for (const tls of clientTls(read(props, "spec"))) {
      if (read(tls, "insecureSkipVerify") === true)
        yield "Any server is taken for the right one: remove tls.insecureSkipVerify.";
    }
  },
  examples: {
    passes: { "verified, the default": istioObject(DESTINATION_RULE, origination()) },
    fails: {
      "not verified": istioObject(DESTINATION_RULE, origination({ insecureSkipVerify: true })),
    },
  },
};

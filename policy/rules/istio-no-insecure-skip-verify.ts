import { istioObject, origination } from "../examples/istio";
import { read } from "../read";
import type { Rule } from "../rule";
import { clientTls } from "../tls-settings";
import { DESTINATION_RULE } from "../types";

/** Clients verify the server's certificate. Otherwise, anyone who intercepts the connection can act as the server. */
export const istioNoInsecureSkipVerify: Rule = {
  name: "istio-no-insecure-skip-verify",
  description: "A DestinationRule verifies the server's certificate.",
  url: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-insecure_skip_verify",
  level: "mandatory",
  types: DESTINATION_RULE,
  *problems({ props }) {
    for (const tls of clientTls(read(props, "spec"))) {
      if (read(tls, "insecureSkipVerify") === true)
        yield "tls.insecureSkipVerify must not be true: otherwise any server is accepted. Remove it.";
    }
  },
  examples: {
    passes: { "verified, by default": istioObject(DESTINATION_RULE, origination()) },
    fails: {
      "not verified": istioObject(DESTINATION_RULE, origination({ insecureSkipVerify: true })),
    },
  },
};

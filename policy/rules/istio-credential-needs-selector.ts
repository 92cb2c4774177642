import { clientTls } from "../destination-tls";
import { istioObject, origination } from "../examples/istio";
import { found, given, read } from "../read";
import type { Rule } from "../rule";
import { DESTINATION_RULE } from "../types";

/**
 * A rule with `credentialName` picks its gateway by `workloadSelector`. In a sidecar such a rule has no credential to
 * find, and Istio then configures no TLS at all: plaintext to the server's port.
 */
export const istioCredentialNeedsSelector: Rule = {
  name: "istio-credential-needs-selector",
  description: "A DestinationRule with credentialName picks its gateway by workloadSelector.",
  url: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-credential_name",
  level: "mandatory",
  types: DESTINATION_RULE,
  *problems({ props }) {
    const spec = read(props, "spec");
    const picked = given(read(spec, "workloadSelector", "matchLabels"));
    if (!picked && clientTls(spec).some((tls) => found(read(tls, "credentialName"))))
      yield "Sidecars would connect in plaintext by this rule: set workloadSelector.matchLabels to the egress gateway's labels.";
  },
  examples: {
    passes: { "an egress gateway's rule": istioObject(DESTINATION_RULE, origination()) },
    fails: {
      "no selector": istioObject(DESTINATION_RULE, {
        ...origination(),
        workloadSelector: undefined,
      }),
      "a selector of every pod": istioObject(DESTINATION_RULE, {
        ...origination(),
        workloadSelector: { matchLabels: {} },
      }),
    },
  },
};

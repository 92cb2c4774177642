import { istioObject, origination } from "../examples/istio";
import { isSet, mayBeSet, read } from "../read";
import type { Rule } from "../rule";
import { clientTls } from "../tls-settings";
import { DESTINATION_RULE } from "../types";

/**
 * A DestinationRule with `credentialName` selects its gateway with `workloadSelector`. Without it, the rule also applies to
 * sidecars. They cannot read the credential, so Istio configures no TLS, and they connect to the server in plaintext.
 */
export const istioCredentialNeedsSelector: Rule = {
  name: "istio-credential-needs-selector",
  description: "A DestinationRule with credentialName has a workloadSelector.",
  url: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-credential_name",
  level: "mandatory",
  types: DESTINATION_RULE,
  *problems({ props }) {
    const spec = read(props, "spec");
    const hasSelector = mayBeSet(read(spec, "workloadSelector", "matchLabels"));
    if (!hasSelector && clientTls(spec).some((tls) => isSet(read(tls, "credentialName"))))
      yield "spec.workloadSelector.matchLabels must be set to the egress gateway's labels: otherwise the rule makes sidecars connect in plaintext.";
  },
  examples: {
    passes: { "a rule for an egress gateway": istioObject(DESTINATION_RULE, origination()) },
    fails: {
      "no selector": istioObject(DESTINATION_RULE, {
        ...origination(),
        workloadSelector: undefined,
      }),
      "a selector that matches every pod": istioObject(DESTINATION_RULE, {
        ...origination(),
        workloadSelector: { matchLabels: {} },
      }),
    },
  },
};

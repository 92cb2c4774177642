import { istioObject, origination } from "../examples/istio";
import { isSet, mayBe, mayBeSet, read } from "../read";
import type { Rule } from "../rule";
import { clientTls } from "../tls-settings";
import { DESTINATION_RULE } from "../types";

/**
 * TLS settings with `sni` also have `subjectAltNames`. With only `sni`, Istio does not check the name in the server's
 * certificate, so any server with a certificate under the root is accepted. ISTIO_MUTUAL always checks identities.
 */
export const istioSniNeedsNames: Rule = {
  name: "istio-sni-needs-names",
  description: "A DestinationRule with sni checks the server's name.",
  url: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-subject_alt_names",
  level: "mandatory",
  types: DESTINATION_RULE,
  *problems({ props }) {
    for (const tls of clientTls(read(props, "spec"))) {
      if (mayBe(read(tls, "mode"), "ISTIO_MUTUAL")) continue;
      if (isSet(read(tls, "sni")) && !mayBeSet(read(tls, "subjectAltNames")))
        yield "tls.subjectAltNames must list the server's names: with only sni, Istio does not check the server's name.";
    }
  },
  examples: {
    passes: {
      "sni with names": istioObject(DESTINATION_RULE, origination()),
      "sni inside the mesh": istioObject(DESTINATION_RULE, {
        host: "istio-egressgateway.httpbin.svc.cluster.local",
        trafficPolicy: { tls: { mode: "ISTIO_MUTUAL", sni: "application.example.com" } },
      }),
    },
    fails: {
      "sni without names": istioObject(
        DESTINATION_RULE,
        origination({ subjectAltNames: undefined }),
      ),
      "sni with an empty list": istioObject(DESTINATION_RULE, origination({ subjectAltNames: [] })),
    },
  },
};

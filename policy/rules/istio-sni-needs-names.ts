import { clientTls } from "../destination-tls";
import { istioObject, origination } from "../examples/istio";
import { found, given, is, read } from "../read";
import type { Rule } from "../rule";
import { DESTINATION_RULE } from "../types";

/**
 * Where `sni` is set, `subjectAltNames` is too. With `sni` alone Istio checks no name of the server's certificate:
 * any server with a certificate of the root is then taken for the right one. ISTIO_MUTUAL checks identities by
 * itself.
 */
export const istioSniNeedsNames: Rule = {
  name: "istio-sni-needs-names",
  description: "A DestinationRule with sni checks the server's name.",
  url: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-subject_alt_names",
  level: "mandatory",
  types: DESTINATION_RULE,
  *problems({ props }) {
    for (const tls of clientTls(read(props, "spec"))) {
      if (is(read(tls, "mode"), "ISTIO_MUTUAL")) continue;
      if (found(read(tls, "sni")) && !given(read(tls, "subjectAltNames")))
        yield "sni alone switches the check of the server's name off: set tls.subjectAltNames to the server's names.";
    }
  },
  examples: {
    passes: {
      "a name that is checked": istioObject(DESTINATION_RULE, origination()),
      "sni inside the mesh": istioObject(DESTINATION_RULE, {
        host: "istio-egressgateway.httpbin.svc.cluster.local",
        trafficPolicy: { tls: { mode: "ISTIO_MUTUAL", sni: "application.example.com" } },
      }),
    },
    fails: {
      "no names": istioObject(DESTINATION_RULE, origination({ subjectAltNames: undefined })),
      "an empty list": istioObject(DESTINATION_RULE, origination({ subjectAltNames: [] })),
    },
  },
};

import { clientTls } from "../destination-tls";
import { istioObject, origination } from "../examples/istio";
import { is, read, text } from "../read";
import type { Rule } from "../rule";
import { DESTINATION_RULE } from "../types";

/** A DestinationRule never turns mutual TLS off, nor connects without a certificate of its own. */
export const istioDestinationMutual: Rule = {
  name: "istio-destination-mutual",
  description: "A DestinationRule connects by mutual TLS.",
  url: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-TLSmode",
  level: "mandatory",
  types: DESTINATION_RULE,
  *problems({ props }) {
    for (const tls of clientTls(read(props, "spec"))) {
      const mode = read(tls, "mode");
      if (!is(mode, "MUTUAL", "ISTIO_MUTUAL"))
        yield `Mode ${text(mode) || "DISABLE, the default,"} shows no certificate: use MUTUAL, or ISTIO_MUTUAL inside a mesh.`;
    }
  },
  examples: {
    passes: {
      "mutual TLS": istioObject(DESTINATION_RULE, origination()),
      "the mesh's own": istioObject(DESTINATION_RULE, {
        host: "httpbin.httpbin.svc.cluster.local",
        trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } },
      }),
      "nothing said of TLS": istioObject(DESTINATION_RULE, {
        host: "httpbin.httpbin.svc.cluster.local",
        trafficPolicy: { connectionPool: { tcp: { maxConnections: 100 } } },
      }),
      "nothing said of TLS, as null": istioObject(DESTINATION_RULE, {
        host: "httpbin.httpbin.svc.cluster.local",
        trafficPolicy: { tls: null },
      }),
    },
    fails: {
      plaintext: istioObject(DESTINATION_RULE, origination({ mode: "DISABLE" })),
      "TLS of the server alone": istioObject(DESTINATION_RULE, origination({ mode: "SIMPLE" })),
      "plaintext to a port": istioObject(DESTINATION_RULE, {
        host: "httpbin.httpbin.svc.cluster.local",
        trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: "DISABLE" } }] },
      }),
      "plaintext to a subset": istioObject(DESTINATION_RULE, {
        host: "httpbin.httpbin.svc.cluster.local",
        subsets: [{ name: "v1", trafficPolicy: { tls: { mode: "DISABLE" } } }],
      }),
    },
  },
};

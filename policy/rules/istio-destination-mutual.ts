import { istioObject, origination } from "../examples/istio";
import { got } from "../property";
import { mayBe, read } from "../read";
import type { Rule } from "../rule";
import { clientTls } from "../tls-settings";
import { DESTINATION_RULE } from "../types";

/** A DestinationRule does not turn mutual TLS off, and does not connect without a client certificate. */
export const istioDestinationMutual: Rule = {
  name: "istio-destination-mutual",
  description: "A DestinationRule connects with mutual TLS.",
  url: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-TLSmode",
  level: "mandatory",
  types: DESTINATION_RULE,
  *problems({ props }) {
    for (const mode of clientTls(read(props, "spec")).map((tls) => read(tls, "mode"))) {
      if (!mayBe(mode, "MUTUAL", "ISTIO_MUTUAL"))
        yield `tls.mode must be MUTUAL, or ISTIO_MUTUAL inside a mesh ${got(mode)}: other modes send no client certificate.`;
    }
  },
  examples: {
    passes: {
      "mutual TLS": istioObject(DESTINATION_RULE, origination()),
      "mutual TLS inside the mesh": istioObject(DESTINATION_RULE, {
        host: "httpbin.httpbin.svc.cluster.local",
        trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } },
      }),
      "no TLS settings": istioObject(DESTINATION_RULE, {
        host: "httpbin.httpbin.svc.cluster.local",
        trafficPolicy: { connectionPool: { tcp: { maxConnections: 100 } } },
      }),
      "null as TLS settings": istioObject(DESTINATION_RULE, {
        host: "httpbin.httpbin.svc.cluster.local",
        trafficPolicy: { tls: null },
      }),
    },
    fails: {
      plaintext: istioObject(DESTINATION_RULE, origination({ mode: "DISABLE" })),
      "TLS without a client certificate": istioObject(
        DESTINATION_RULE,
        origination({ mode: "SIMPLE" }),
      ),
      "plaintext for a port": istioObject(DESTINATION_RULE, {
        host: "httpbin.httpbin.svc.cluster.local",
        trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: "DISABLE" } }] },
      }),
      "plaintext for a subset": istioObject(DESTINATION_RULE, {
        host: "httpbin.httpbin.svc.cluster.local",
        subsets: [{ name: "v1", trafficPolicy: { tls: { mode: "DISABLE" } } }],
      }),
    },
  },
};
